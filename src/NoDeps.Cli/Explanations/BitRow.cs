namespace NoDeps.Cli;

/// <summary>Draws the 64 bits of a number on a line, the highest first, bytes apart.</summary>
internal static class BitRow
{
    private const int Bits = 64;

    /// <summary>The bits, and a line that points to those of <paramref name="strong"/>, where there are any.</summary>
    public static void Draw(Console console, ulong value, ulong strong)
    {
        console.Draw("    "u8).End();
        for (int i = Bits - 1; i >= 0; i--)
        {
            bool isOne = (value >> i & 1) != 0;
            console.Style((strong >> i & 1) != 0 ? StyledText.Strong : isOne ? StyledText.Plain : StyledText.Faint);
            console.Out.Write(isOne ? "1"u8 : "0"u8);
            if (i % 8 == 0 && i > 0) console.Out.Write(" "u8);
        }
        console.Style(StyledText.Plain);
        if (strong != 0) console.Draw("\n    "u8).End();
        for (int i = Bits - 1; strong != 0; i--, strong <<= 1)
        {
            console.Draw(strong >> (Bits - 1) != 0 ? "`▲`"u8 : " "u8).End();
            if (i % 8 == 0 && i > 0) console.Out.Write(" "u8);
        }
        console.Out.Write("\n"u8);
    }

    /// <summary>The same bits as numbers of <paramref name="lane"/> bits each: 2, 4 or 8; the highest strong.</summary>
    public static void DrawLanes(Console console, ulong value, int lane)
    {
        console.Draw("    "u8).End();
        for (int i = Bits - lane; i >= 0; i -= lane)
        {
            ulong count = value >> i & ((1UL << lane) - 1);
            if (count == 0) console.Style(StyledText.Faint);
            console.Say("$"u8).IntegerPadded((long)count, lane);
            console.Style(StyledText.Plain);
            if (i % 8 == 0 && i > 0) console.Out.Write(" "u8);
        }
        console.Out.Write("\n"u8);
    }
}
