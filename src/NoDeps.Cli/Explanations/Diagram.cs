using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Text with the marks of <see cref="StyledText"/> and gaps for numbers, which all come in one array, so that an
/// explanation is a text and its numbers, with little code.
/// </summary>
internal static unsafe class Diagram
{
    private const int Bits = 64;

    /// <summary>
    /// Writes a text. A gap is a dollar sign and a letter: i for a number, g for one with thousands separators, x for
    /// 16 hexadecimal digits, u for an unsigned number, a digit for a number of that many columns, z for the address of
    /// a NUL-terminated text; b and l, which take two values each, are for the rows of <see cref="BitRow"/> and
    /// <see cref="LaneRow"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Draw(Console console, ReadOnlySpan<byte> text, long* values)
    {
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '$') continue;
            console.Write(text.Slice(from, i - from));
            from = i + 2;
            byte kind = text[++i];
            long value = *values++;
            Template gap = console.Print("$"u8);
            switch (kind)
            {
                case (byte)'i': gap.Integer(value); break;
                case (byte)'g': gap.Grouped(value); break;
                case (byte)'x': gap.Hex((ulong)value, 16); break;
                case (byte)'u': gap.Unsigned((ulong)value); break;
                case (byte)'z': gap.Text(new ReadOnlySpan<byte>((byte*)value, (int)StringLengthSwar.Of((byte*)value))); break;
                case (byte)'b': BitRow(console, (ulong)value, (ulong)*values++); break;
                case (byte)'l': LaneRow(console, (ulong)value, (int)*values++); break;
                default: gap.IntegerPadded(value, kind - '0'); break;
            }
        }
        console.Write(text.Slice(from));
    }

    /// <summary>A value for a gap z.</summary>
    public static long Text(ReadOnlySpan<byte> terminated)
    {
        fixed (byte* start = terminated) return (long)start;
    }

    /// <summary>
    /// 64 bits on a line, the highest first, in groups of bytes, and a line that points to the
    /// <paramref name="strong"/> ones.
    /// </summary>
    private static void BitRow(Console console, ulong value, ulong strong)
    {
        for (int i = Bits - 1; i >= 0; i--)
        {
            bool isOne = (value >> i & 1) != 0;
            console.Style((strong >> i & 1) != 0 ? StyledText.Strong : isOne ? StyledText.Plain : StyledText.Faint);
            console.Write(isOne ? "1"u8 : "0"u8);
            if ((i & 7) == 0 && i > 0) console.Write(" "u8);
        }
        console.Style(StyledText.Plain);
        if (strong != 0) console.Write("\n    "u8);
        for (int i = Bits - 1; strong != 0; i--, strong <<= 1)
        {
            console.Write((long)strong < 0 ? "`▲`"u8 : " "u8);
            if ((i & 7) == 0 && strong << 1 != 0) console.Write(" "u8);
        }
    }

    /// <summary>The same bits as numbers of <paramref name="lane"/> bits each: 2, 4 or 8.</summary>
    private static void LaneRow(Console console, ulong value, int lane)
    {
        for (int i = Bits - lane; i >= 0; i -= lane)
        {
            long count = (long)(value >> i) & ((1L << lane) - 1);
            if (count == 0) console.Style(StyledText.Faint);
            console.Print("$"u8).IntegerPadded(count, lane);
            console.Style(StyledText.Plain);
            if ((i & 7) == 0 && i > 0) console.Write(" "u8);
        }
    }
}
