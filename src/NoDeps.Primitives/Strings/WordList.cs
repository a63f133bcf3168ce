using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// A list of words in one text, separated by single spaces: a table of names that needs no relocations.
/// </summary>
public static class WordList
{
    /// <summary>The index of <paramref name="word"/> in the list, or −1 if it is absent.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int IndexOf(ReadOnlySpan<byte> list, ReadOnlySpan<byte> word)
    {
        int index = 0;
        for (int start = 0; start < list.Length; index++)
        {
            int end = EndOfWord(list, start, (byte)' ');
            if (list.Slice(start, end - start).SequenceEqual(word)) return index;
            start = end + 1;
        }
        return -1;
    }

    /// <summary>The word at an index, or an empty span if the list has fewer words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ReadOnlySpan<byte> At(ReadOnlySpan<byte> list, int index) => At(list, index, (byte)' ');

    /// <summary>As <see cref="At(ReadOnlySpan{byte}, int)"/>, with another separator.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ReadOnlySpan<byte> At(ReadOnlySpan<byte> list, int index, byte separator)
    {
        for (int start = 0; start < list.Length; index--)
        {
            int end = EndOfWord(list, start, separator);
            if (index == 0) return list.Slice(start, end - start);
            start = end + 1;
        }
        return default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int EndOfWord(ReadOnlySpan<byte> list, int start, byte separator)
    {
        int end = start;
        while (end < list.Length && list[end] != separator) end++;
        return end;
    }
}
