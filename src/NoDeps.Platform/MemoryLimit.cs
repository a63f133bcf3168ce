using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>How much memory this process can hope for.</summary>
public static unsafe class MemoryLimit
{
    /// <summary>Requests below are not worth a look.</summary>
    private const long Small = 256L << 20;

    /// <summary>
    /// Bytes that the system has available (MemAvailable), or the limit of the control group where that is lower; what a request of
    /// <paramref name="wanted"/> bytes is to be compared with. Where nothing is known, or the request is small, there is no limit.
    /// </summary>
    public static long Available(long wanted)
    {
        if (wanted < Small) return long.MaxValue;
        long available = long.MaxValue;
        if (TryNumber("/proc/meminfo"u8, "MemAvailable:"u8, out long kilobytes)) available = kilobytes * 1024;
        if (TryNumber("/sys/fs/cgroup/memory.max"u8, default, out long limit)) available = Math.Min(available, limit);
        return available;
    }

    /// <summary>The first number after a word of a file.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> path, ReadOnlySpan<byte> word, out long number)
    {
        number = 0;
        if (!InputFile.Read(path, out byte* data, out long length).IsNone) return false;
        ReadOnlySpan<byte> text = new(data, (int)Math.Min(length, 1 << 16));
        return TryParse(text, word, out number);
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
