using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain ctz N</c>: <see cref="TrailingZeros"/> at work.</summary>
internal static unsafe class TrailingZerosExplanation
{
    private const int RowLength = 16;

    public static void Run(Console console, byte* text, ulong x)
    {
        ulong one = TrailingZeros.LowestOne(x);
        long* v = stackalloc long[7];
        v[0] = (long)text;
        v[1] = (long)x;
        v[3] = -(long)x;
        v[5] = (long)one;
        v[2] = v[4] = v[6] = (long)one;
        Diagram.Draw(console, """
            ctz `$z`: the number of zeros below the lowest 1

              @x@
                $b
              @−x@: every bit inverted, plus 1
                $b
              @x & −x@: only the lowest 1
                $b

            """u8, v);
        if (x != 0) Position(console, one);
        else console.Write("  No bit is 1: a special case, with the result 64.\n"u8);
        v[1] = TrailingZeros.Count(x);
        Diagram.Draw(console, "\n  ctz $z = `$i`\n"u8, v);
    }

    /// <summary>How a de Bruijn sequence encodes the position of a number's only 1.</summary>
    public static void Position(Console console, ulong one)
    {
        ulong product = one * TrailingZeros.Sequence64;
        int index = TrailingZeros.IndexOf(product);
        long* v = stackalloc long[7];
        v[0] = unchecked((long)TrailingZeros.Sequence64);
        v[1] = v[6] = TrailingZeros.PositionOf(one);
        v[2] = (long)product;
        v[3] = -1L << 58;
        v[4] = v[5] = index;
        Diagram.Draw(console, """
              @× 0x$x@: a de Bruijn sequence, shifted left by $i
                $b
              @table@: the six highest bits are `$i`, as for no other shift; entry $i is `$i`

            """u8, v);
        for (int i = 0; i < 64; i++)
        {
            console.Write(i % RowLength == 0 ? "    "u8 : i == index + 1 ? "]`"u8 : " "u8);
            v[0] = TrailingZeros.Table64[i];
            Diagram.Draw(console, i == index ? "`[$2"u8 : " $2"u8, v);
            if (i % RowLength == RowLength - 1) console.Write(i == index ? "]`\n"u8 : "\n"u8);
        }
    }
}
