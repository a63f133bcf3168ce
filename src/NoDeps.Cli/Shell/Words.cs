using System;

namespace NoDeps.Cli;

/// <summary>Helpers for short texts.</summary>
internal static class Words
{
    /// <summary>A copy of a text in new memory.</summary>
    public static byte[] Copy(ReadOnlySpan<byte> text)
    {
        byte[] copy = new byte[text.Length];
        text.CopyTo(copy);
        return copy;
    }

    /// <summary>The position of the last <paramref name="value"/>; −1 if there is none.</summary>
    public static int LastIndexOf(ReadOnlySpan<byte> text, byte value)
    {
        int i = text.Length - 1;
        while (i >= 0 && text[i] != value) i--;
        return i;
    }
}
