using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain popcount N</c>: <see cref="BitCount"/> at work.</summary>
internal static unsafe class BitCountExplanation
{
    public static void Run(Console console, byte* text, ulong x)
    {
        long* v = stackalloc long[13];
        v[0] = v[11] = (long)text;
        v[1] = (long)x;
        v[2] = 0;
        v[3] = (long)BitCount.PairCounts(x);
        v[4] = 2;
        v[5] = (long)BitCount.NibbleCounts((ulong)v[3]);
        v[6] = 4;
        v[7] = (long)BitCount.ByteCounts((ulong)v[5]);
        v[9] = (long)BitCount.PrefixSums((ulong)v[7]);
        v[8] = v[10] = 8;
        v[12] = BitCount.Of(x);
        Diagram.Draw(console, """
            popcount `$z`: the number of bits that are 1

              @x@
                $b
              @a = x − (x>>1 & 0x55..55)@: 32 counts of 2 bits each
                $l
              @b = (a & 0x33..33) + (a>>2 & 0x33..33)@: 16 counts of 4 bits each
                $l
              @c = (b + b>>4) & 0x0f..0f@: 8 counts of 8 bits each
                $l
              @c × 0x01..01@: each byte becomes the sum of itself and all lower ones
                $l
              the highest byte is the sum of all

              popcount $z = `$i`

            """u8, v);
    }
}
