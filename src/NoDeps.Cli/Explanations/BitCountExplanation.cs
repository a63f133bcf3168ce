using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain popcount N</c>: <see cref="BitCount"/> at work.</summary>
internal static class BitCountExplanation
{
    public static void Run(Console console, ReadOnlySpan<byte> text, ulong x)
    {
        Template line = console.Draw("popcount `$`: how many bits are 1\n\n  @x@\n"u8);
        line.Text(text);
        line.End();
        BitRow.Draw(console, x, 0);
        ulong pairs = BitCount.PairsOf(x);
        console.Draw("  @a = x − (x>>1 & 0x55..55)@: 32 counts of 2 bits each\n"u8).End();
        BitRow.DrawLanes(console, pairs, 2);
        ulong fours = BitCount.FoursFrom(pairs);
        console.Draw("  @b = (a & 0x33..33) + (a>>2 & 0x33..33)@: 16 counts of 4 bits each\n"u8).End();
        BitRow.DrawLanes(console, fours, 4);
        ulong bytes = BitCount.BytesFrom(fours);
        console.Draw("  @c = (b + b>>4) & 0x0f..0f@: 8 counts of 8 bits each\n"u8).End();
        BitRow.DrawLanes(console, bytes, 8);
        console.Draw("  @c × 0x01..01@: each byte becomes the sum of itself and all lower ones\n"u8).End();
        BitRow.DrawLanes(console, BitCount.SumsFrom(bytes), 8);
        line = console.Draw("  the highest byte has them all\n\n  popcount $ = `$`\n"u8);
        line.Text(text);
        line.Integer(BitCount.Of(x));
        line.End();
    }
}
