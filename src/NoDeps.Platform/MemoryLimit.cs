using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>How much memory this process can hope for.</summary>
public static unsafe class MemoryLimit
{
    /// <summary>Requests below are not worth a look.</summary>
    private const long Small = 256L << 20;
    private const int MaxText = 4096;

    /// <summary>
    /// Bytes that the system has available (MemAvailable), or the limit of the control group where that is lower; what a request of
    /// <paramref name="wanted"/> bytes is to be compared with. Where nothing is known, or the request is small, there is no limit.
    /// </summary>
    public static long Available(long wanted)
    {
        if (wanted < Small) return long.MaxValue;
        long available = long.MaxValue;
        if (TryNumber("/proc/meminfo"u8, "MemAvailable:"u8, out long kilobytes)) available = kilobytes * 1024;
        return Math.Min(available, OfControlGroup(default));
    }

    /// <summary>
    /// Bytes that the control group may take, for another system's files below <paramref name="root"/>; <see cref="long.MaxValue"/>
    /// where there is no limit.
    /// </summary>
    internal static long OfControlGroup(ReadOnlySpan<byte> root) =>
        Math.Min(ControlGroup.Least(root, default, &OfVersion2), ControlGroup.Least(root, "memory"u8, &OfVersion1));

    private static long OfVersion2(ReadOnlySpan<byte> folder) => Bytes(folder, "/memory.max"u8);

    private static long OfVersion1(ReadOnlySpan<byte> folder) => Bytes(folder, "/memory.limit_in_bytes"u8);

    private static long Bytes(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name) =>
        ControlGroup.TryNumber(folder, name, out long bytes) && bytes >= 0 ? bytes : long.MaxValue;

    /// <summary>The first number after a word of a file.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> path, ReadOnlySpan<byte> word, out long number)
    {
        Span<byte> text = stackalloc byte[MaxText];
        return TryParse(text.Slice(0, InputFile.ReadStart(path, text)), word, out number);
    }

    /// <summary>The first number after a word of a text, blanks between them skipped; false where there is none.</summary>
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
