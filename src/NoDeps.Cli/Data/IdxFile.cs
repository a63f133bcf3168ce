using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Decompresses gzip files in memory, completely or only their beginning.</summary>
internal static unsafe class IdxFile
{
    /// <summary>The maximum match length of deflate: up to this many bytes may be missing at the end of a prefix.</summary>
    private const int MaxMatchLength = 258;

    /// <summary>
    /// Opens a gzipped IDX file, decompressing only its first bytes without checking the rest. Returns false if that saves
    /// nothing or fails, for example because the file has another format.
    /// </summary>
    /// <param name="data">The gzip file.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="wanted">The number of bytes needed from the start of the decompressed file.</param>
    /// <param name="view">The array.</param>
    public static bool TryStart(byte* data, long length, long wanted, out IdxView view)
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

    /// <summary>Replaces a gzip file in memory by its content; frees its pages.</summary>
    internal static Fault Decompress(scoped ref byte* data, scoped ref long length)
    {
        if (length > int.MaxValue) return Fault.At(0, "the gzip file is larger than 2 GiB"u8, int.MaxValue, length);
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
            // Several members, padding, or damage, which is reported by the full decompression.
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
