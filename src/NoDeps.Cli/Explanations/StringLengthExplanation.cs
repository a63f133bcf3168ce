using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain strlen TEXT</c>: <see cref="StringLengthSwar"/> at work.</summary>
internal static unsafe class StringLengthExplanation
{
    private const int WordBytes = 8;
    /// <summary>Words at the start that are always shown.</summary>
    private const int Shown = 3;
    /// <summary>The byte after the string: it shows how far a borrow propagates.</summary>
    private const byte After = 1;

    public static Fault Run(Console console, ReadOnlySpan<byte> text)
    {
        Fault fault = PageMemory.Take(text.Length + 2 * WordBytes, out byte* memory);
        if (!fault.IsNone) return fault;
        text.CopyTo(new Span<byte>(memory, text.Length));
        for (int i = 1; i < WordBytes; i++) memory[text.Length + i] = After;
        console.Write("""
            strlen: the zero byte that ends a string, eight bytes a step

            w − 0x01..01 borrows from the high bit of a byte that is 0; ~w leaves out bytes
            above 0x7f. Bytes stand in the order of memory, so borrows go to the right.
            After the zero byte there may be anything (here 01).

            """u8);
        long* v = stackalloc long[6];
        long length = StringLengthSwar.Of(memory);
        long last = length / WordBytes;
        for (long i = 0; i <= last; i++)
        {
            if (i == Shown && i < last)
            {
                v[0] = last - i;
                Diagram.Draw(console, "\n  ... $i words without a zero byte\n"u8, v);
                i = last;
            }
            Word(console, memory + i * WordBytes, i * WordBytes, v);
        }
        ulong zeros = StringLengthSwar.ZeroBytes(*((ulong*)memory + last));
        v[0] = TrailingZeros.Count(zeros);
        v[1] = (long)zeros;
        v[2] = v[4] = v[0] / 8;
        v[3] = last * WordBytes;
        v[5] = length;
        Diagram.Draw(console, """

              lowest 1   bit $i (see explain ctz 0x$x), in byte $i
              length     $i + $i = `$i`

            """u8, v);
        PageMemory.Return(memory, text.Length + 2 * WordBytes);
        return Fault.None;
    }

    private static void Word(Console console, byte* word, long offset, long* v)
    {
        v[0] = offset;
        Diagram.Draw(console, "\n  byte $4   "u8, v);
        int i = 0;
        for (; i < WordBytes && word[i] != 0; i++)
        {
            bool isPlain = word[i] >= ' ' && word[i] < 0x7F;
            console.Print("   $"u8).Text(isPlain ? new ReadOnlySpan<byte>(word + i, 1) : "."u8);
        }
        if (i < WordBytes) console.Write("  `\\0`"u8);
        ulong w = *(ulong*)word;
        ulong zeros = StringLengthSwar.ZeroBytes(w);
        Row(console, "\n  @w@           "u8, w, zeros);
        Row(console, "\n  @w − 0x01..@  "u8, w - StringLengthSwar.Ones, zeros);
        Row(console, "\n  @& ~w & 0x80@ "u8, zeros, zeros & (0 - zeros));
        console.Write(zeros == 0 ? "   none is 0: go on\n"u8 : "   the lowest 1 is in it\n"u8);
    }

    /// <summary>A word byte by byte, the lowest first, with the bytes that have a bit of <paramref name="marks"/> in bold.</summary>
    private static void Row(Console console, ReadOnlySpan<byte> name, ulong word, ulong marks)
    {
        console.Write(name);
        for (int i = 0; i < WordBytes; i++, word >>= 8, marks >>= 8)
        {
            console.Style((byte)marks != 0 ? StyledText.Strong : StyledText.Plain);
            console.Print("  $"u8).Hex((byte)word, 2);
        }
        console.Style(StyledText.Plain);
    }
}
