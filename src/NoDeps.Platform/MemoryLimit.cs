using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>The amount of memory available to this process.</summary>
public static unsafe class MemoryLimit
{
    /// <summary>Smaller requests are not checked.</summary>
    private const long Small = 16L << 20;
    private const int MaxText = 4096;

    /// <summary>
    /// The number of bytes available for a request of <paramref name="wanted"/> bytes: the system's MemAvailable, or the limit of the
    /// control group if that is lower. If neither is known, or the request is small, there is no limit.
    /// </summary>
    public static long Available(long wanted)
    {
        if (wanted < Small) return long.MaxValue;
        long available = long.MaxValue;
        if (TryNumber("/proc/meminfo"u8, "MemAvailable:"u8, out long kilobytes)) available = kilobytes * 1024;
        return Math.Min(available, OfControlGroup(default));
    }

    /// <summary>
    /// The memory limit of the control group in bytes, from files below <paramref name="root"/>; <see cref="long.MaxValue"/> if there is
    /// none.
    /// </summary>
    internal static long OfControlGroup(ReadOnlySpan<byte> root) =>
        ControlGroup.Minimum(root, "memory"u8, &OfVersion1, &OfVersion2);

    private static long OfVersion2(ReadOnlySpan<byte> folder) => Bytes(folder, "/memory.max"u8);

    private static long OfVersion1(ReadOnlySpan<byte> folder) => Bytes(folder, "/memory.limit_in_bytes"u8);

    private static long Bytes(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name) =>
        ControlGroup.TryNumber(folder, name, out long bytes) && bytes >= 0 ? bytes : long.MaxValue;

    /// <summary>Finds the first number after a word in a file.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> path, ReadOnlySpan<byte> word, out long number)
    {
        Span<byte> text = stackalloc byte[MaxText];
        return TryParse(text.Slice(0, InputFile.ReadStart(path, text)), word, out number);
    }

    /// <summary>Finds the first number after a word in a text, skipping spaces between them; returns false if there is none.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, out long number)
    {
        number = 0;
        int at = 0;
        while (at + word.Length <= text.Length && !text.Slice(at, word.Length).SequenceEqual(word)) at++;
        at += word.Length;
        while (at < text.Length && text[at] == ' ') at++;
        return at < text.Length && IntegerParse.Signed(text.Slice(at), out number, out int consumed) && consumed > 0;
    }
}
