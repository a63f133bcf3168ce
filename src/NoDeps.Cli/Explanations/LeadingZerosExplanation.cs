using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain clz N</c>: <see cref="LeadingZeros"/> and <see cref="Log2"/> at work.</summary>
internal static class LeadingZerosExplanation
{
    public static void Run(Console console, ReadOnlySpan<byte> text, ulong x)
    {
        Template line = console.Draw("clz `$`: how many zeros stand above the highest 1\n\n  @x@\n"u8);
        line.Text(text);
        line.End();
        ulong spread = Log2.Spread(x);
        ulong one = spread - (spread >> 1);
        BitRow.Draw(console, x, one);
        if (x == 0)
        {
            console.Draw("  There is no 1. That is a case of its own: 64.\n"u8).End();
        }
        else
        {
            console.Draw("  @s = x | x>>1@, then @s | s>>2, s>>4@ to @s>>32@: the highest 1 spreads downwards\n"u8).End();
            BitRow.Draw(console, spread, one);
            console.Draw("  @s − (s>>1)@: the highest 1 alone\n"u8).End();
            BitRow.Draw(console, one, one);
            TrailingZerosExplanation.Position(console, one);
            console.Draw("  63 − $: what is left above it\n"u8);
            line.Integer(Log2.Floor(x));
            line.End();
        }
        line = console.Draw("\n  clz $ = `$`\n"u8);
        line.Text(text);
        line.Integer(LeadingZeros.Count(x));
        line.End();
    }
}
