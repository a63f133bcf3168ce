using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain clz N</c>: <see cref="LeadingZeros"/> and <see cref="Log2"/> at work.</summary>
internal static unsafe class LeadingZerosExplanation
{
    public static void Run(Console console, byte* text, ulong x)
    {
        ulong spread = Log2.Spread(x);
        ulong one = spread - (spread >> 1);
        long* v = stackalloc long[7];
        v[0] = (long)text;
        v[1] = (long)x;
        v[3] = (long)spread;
        v[2] = v[4] = v[5] = v[6] = (long)one;
        Diagram.Draw(console, """
            clz `$z`: the number of zeros above the highest 1

              @x@
                $b
              @s = x | x>>1@, then @s | s>>2, s>>4@ to @s>>32@: fills all lower bits
                $b
              @s − (s>>1)@: only the highest 1
                $b

            """u8, v);
        if (x != 0) TrailingZerosExplanation.Position(console, one);
        else console.Write("  No bit is 1: a special case, with the result 64.\n"u8);
        v[1] = LeadingZeros.Count(x);
        Diagram.Draw(console, "\n  clz $z = 63 − its position = `$i`\n"u8, v);
    }
}
