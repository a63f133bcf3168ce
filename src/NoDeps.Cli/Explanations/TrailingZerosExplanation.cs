using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain ctz N</c>: <see cref="TrailingZeros"/> at work.</summary>
internal static class TrailingZerosExplanation
{
    private const int RowLength = 16;

    public static void Run(Console console, ReadOnlySpan<byte> text, ulong x)
    {
        Template line = console.Draw("ctz `$`: how many zeros stand below the lowest 1\n\n  @x@\n"u8);
        line.Text(text);
        line.End();
        ulong one = TrailingZeros.LowestOne(x);
        BitRow.Draw(console, x, one);
        console.Draw("  @−x@: every bit turned over, plus 1\n"u8).End();
        BitRow.Draw(console, 0 - x, one);
        console.Draw("  @x & −x@: what both have, the lowest 1 alone\n"u8).End();
        BitRow.Draw(console, one, one);
        if (x == 0) console.Draw("  There is no 1. That is a case of its own: 64.\n"u8).End();
        else Position(console, one);
        line = console.Draw("\n  ctz $ = `$`\n"u8);
        line.Text(text);
        line.Integer(TrailingZeros.Count(x));
        line.End();
    }

    /// <summary>How a de Bruijn sequence tells the position of a number's only 1.</summary>
    public static void Position(Console console, ulong one)
    {
        ulong product = one * TrailingZeros.Sequence64;
        int index = TrailingZeros.IndexOf(product);
        int position = TrailingZeros.PositionOf(one);
        Template line = console.Draw("  @× 0x$@: a de Bruijn sequence, moved up by $\n"u8);
        line.Hex(TrailingZeros.Sequence64, 16);
        line.Integer(position);
        line.End();
        BitRow.Draw(console, product, 63UL << 58);
        line = console.Draw("  @table@: the six highest bits are `$` only here; entry $ is `$`\n"u8);
        line.Integer(index);
        line.Integer(index);
        line.Integer(position);
        line.End();
        for (int i = 0; i < 64; i++)
        {
            bool isHit = i == index;
            bool isFirst = i % RowLength == 0;
            console.Draw(isFirst ? "    "u8 : i == index + 1 ? "]`"u8 : " "u8).End();
            console.Draw(isHit ? "`["u8 : " "u8).End();
            console.Say("$"u8).IntegerPadded(TrailingZeros.Table64[i], 2);
            if (i % RowLength == RowLength - 1) console.Draw(isHit ? "]`\n"u8 : "\n"u8).End();
        }
    }
}
