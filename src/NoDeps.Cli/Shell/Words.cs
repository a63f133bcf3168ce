using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Comparisons of short texts.</summary>
internal static class Words
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Same(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        a.Length == b.Length && MemoryCompare.Compare(a, b) == 0;

    /// <summary>The position of the last <paramref name="value"/>; −1 where there is none.</summary>
    public static int LastIndexOf(ReadOnlySpan<byte> text, byte value)
    {
        int i = text.Length - 1;
        while (i >= 0 && text[i] != value) i--;
        return i;
    }
}
