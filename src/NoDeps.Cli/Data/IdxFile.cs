using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>An IDX file by its path: mapped, and decompressed where it is gzipped.</summary>
internal static unsafe class IdxFile
{
    /// <summary>The longest match of deflate: so much may be missing where a piece ends.</summary>
    private const int MaxMatchLength = 258;

    /// <summary>The file, checked; a plain one is used where it is mapped. A fault names the path.</summary>
    /// <param name="console">Where it tells.</param>
    /// <param name="path">The file.</param>
    /// <param name="view">What is in it.</param>
    /// <param name="wanted">
    /// Bytes from the start of the decompressed file that are needed: more of a gzip file is perhaps neither decompressed nor
    /// checked.
    /// </param>
    public static Fault Open(Console console, ReadOnlySpan<byte> path, out IdxView view, long wanted = long.MaxValue)
    {
        view = default;
        Fault fault = InputFile.Read(path, out byte* data, out long length);
        if (fault.IsNone && length >= 2 && Gzip.IsGzip(new ReadOnlySpan<byte>(data, 2)))
        {
            if (TryStart(data, length, wanted, out view)) return Fault.None;
            fault = Decompress(ref data, ref length);
        }
        if (fault.IsNone) fault = Idx.Open(data, length, out view);
        return console.WithPath(path, fault);
    }

    private static bool TryStart(byte* data, long length, long wanted, out IdxView view)
    {
        view = default;
        if (length > int.MaxValue) return false;
        ReadOnlySpan<byte> file = new(data, (int)length);
        if (!Gzip.TryGetSizeHint(file, out int size) || wanted > size - MaxMatchLength) return false;
        // Pages of the rest are never touched.
        if (!PageMemory.Take(size + (long)sizeof(InflateTables), out byte* content).IsNone) return false;
        Span<byte> start = new(content, (int)wanted + MaxMatchLength);
        int written = Gzip.DecodePrefix(file, start, ref *(InflateTables*)(content + size));
        return written >= wanted && Idx.Open(content, size, out view).IsNone;
    }

    /// <summary>Replaces a gzip file in memory by its content; its pages are given back.</summary>
    internal static Fault Decompress(scoped ref byte* data, scoped ref long length)
    {
        if (length > int.MaxValue) return Fault.At(0, "a gzip file larger than 2 GiB"u8, int.MaxValue, length);
        ReadOnlySpan<byte> file = new(data, (int)length);
        Fault fault = PageMemory.Take(sizeof(InflateTables), out byte* scratch);
        if (!fault.IsNone) return fault;
        ref InflateTables tables = ref *(InflateTables*)scratch;
        byte* content = null;
        int written = 0;
        bool done = Gzip.TryGetSizeHint(file, out int size)
            && (fault = PageMemory.Take(size + 1L, out content)).IsNone
            && Gzip.Decode(file, new Span<byte>(content, size), ref tables, out written).IsNone;
        if (!done)
        {
            // Several members, padding, or damage, which is then told again.
            if (content != null) PageMemory.Return(content, size + 1L);
            fault = Gzip.Measure(file, ref tables, out size);
            if (!fault.IsNone) return fault;
            fault = PageMemory.Take(size + 1L, out content);
            if (!fault.IsNone) return fault;
            fault = Gzip.Decode(file, new Span<byte>(content, size), ref tables, out written);
        }
        PageMemory.Return(scratch, sizeof(InflateTables));
        InputFile.Release(data, length);
        data = content;
        length = written;
        return fault;
    }
}
