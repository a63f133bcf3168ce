using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain strlen TEXT</c>: <see cref="StringLengthSwar"/> at work.</summary>
internal static unsafe class StringLengthExplanation
{
    private const int WordBytes = 8;
    /// <summary>Words at the start that are shown in any case.</summary>
    private const int Shown = 3;
    /// <summary>What lies after the string here: a byte that shows how far a borrow goes.</summary>
    private const byte After = 1;

    public static Fault Run(Console console, ReadOnlySpan<byte> text)
    {
        Fault fault = PageMemory.Take(text.Length + 2 * WordBytes, out byte* memory);
        if (!fault.IsNone) return fault;
        text.CopyTo(new Span<byte>(memory, text.Length));
        for (int i = 1; i < WordBytes; i++) memory[text.Length + i] = After;
        console.Draw("""
            strlen: the zero byte that ends a string, eight bytes a step

            w − 0x01..01 borrows from the high bit of a byte that is 0; ~w leaves out bytes
            above 0x7f. Bytes stand in the order of memory, so borrows go to the right.
            After the zero byte there may be anything (here 01).

            """u8).End();
        int last = (int)StringLengthSwar.Of(memory) / WordBytes;
        for (int i = 0; i <= last; i++)
        {
            if (i < Shown || i == last)
            {
                ShowWord(console, memory + i * WordBytes, i * WordBytes);
            }
            else if (i == Shown)
            {
                Template more = console.Draw("\n  ... $ words without a zero byte\n"u8);
                more.Integer(last - Shown);
                more.End();
            }
        }
        ulong zeros = StringLengthSwar.ZeroBytes(*((ulong*)memory + last));
        int bit = TrailingZeros.Count(zeros);
        Template line = console.Draw("""

              lowest 1   bit $ (see explain ctz 0x$), in byte $ / 8 = $
              length     $ + $ = `$`

            """u8);
        line.Integer(bit);
        line.Hex(zeros, 1);
        line.Integer(bit);
        line.Integer(bit / 8);
        line.Integer(last * WordBytes);
        line.Integer(bit / 8);
        line.Integer(StringLengthSwar.Of(memory));
        line.End();
        PageMemory.Return(memory, text.Length + 2 * WordBytes);
        return Fault.None;
    }

    private static void ShowWord(Console console, byte* word, int offset)
    {
        ulong w = *(ulong*)word;
        ulong zeros = StringLengthSwar.ZeroBytes(w);
        console.Draw("\n  byte $   "u8).IntegerPadded(offset, 4);
        for (int i = 0; i < WordBytes; i++)
        {
            byte c = word[i];
            bool isPlain = c >= ' ' && c < 0x7F;
            if (c != 0) console.Say("   $"u8).Text(isPlain ? new ReadOnlySpan<byte>(word + i, 1) : "."u8);
            else console.Draw("  `\\0`"u8).End();
            if (c == 0) break;
        }
        Row(console, "\n  @w@           "u8, w, zeros);
        Row(console, "\n  @w − 0x01..@  "u8, w - StringLengthSwar.Ones, zeros);
        Row(console, "\n  @& ~w & 0x80@ "u8, zeros, zeros & (0 - zeros));
        console.Draw(zeros == 0 ? "   none is 0: go on\n"u8 : "   the lowest 1 is in it\n"u8).End();
    }

    /// <summary>A word byte by byte, the lowest first, those strong that have a bit of <paramref name="marks"/>.</summary>
    private static void Row(Console console, ReadOnlySpan<byte> name, ulong word, ulong marks)
    {
        console.Draw(name).End();
        for (int i = 0; i < WordBytes; i++, word >>= 8, marks >>= 8)
        {
            console.Style((byte)marks != 0 ? StyledText.Strong : StyledText.Plain);
            console.Say("  $"u8).Hex((byte)word, 2);
        }
        console.Style(StyledText.Plain);
    }
}
