using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// Writes gzip files (RFC 1952) with one member and no name or time in the header, so that equal data gives equal files.
/// </summary>
public static class GzipWriter
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    /// <summary>The buffer size that <see cref="Encode"/> needs for data of the given length.</summary>
    public static long MaxBytes(long length) => HeaderLength + Deflate.MaxBytes(length) + TrailerLength;

    /// <summary>Compresses <paramref name="data"/> to a complete file.</summary>
    /// <param name="data">Any bytes.</param>
    /// <param name="file">Receives the file; at least <see cref="MaxBytes"/> bytes, all of which may be overwritten.</param>
    /// <param name="level">The compression level.</param>
    /// <param name="tables">Scratch memory.</param>
    /// <param name="written">The length of the file; 0 on a fault.</param>
    /// <returns>A Software fault, with nothing written, if the buffer is too small.</returns>
    public static Fault Encode(scoped ReadOnlySpan<byte> data, scoped Span<byte> file, DeflateLevel level,
        scoped ref DeflateTables tables, out int written)
    {
        // Magic number, method, no flags, no time, "fastest" (0 if stored), unknown operating system.
        const byte Fastest = 4, Unknown = 255;
        ReadOnlySpan<byte> header =
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, Fastest, Unknown];
        written = 0;
        if (file.Length < MaxBytes(data.Length))
            return Fault.Numbers(FaultKind.Software, "the buffer is too small for a gzip file"u8, MaxBytes(data.Length), file.Length);
        header.CopyTo(file);
        if (level == DeflateLevel.Stored) file[8] = 0;
        Fault fault = Deflate.Encode(data, file.Slice(HeaderLength), level, ref tables, out int length);
        if (!fault.IsNone) return fault;
        WriteUInt32(file, HeaderLength + length, Crc32.Update(0, data));
        WriteUInt32(file, HeaderLength + length + 4, (uint)data.Length);
        written = HeaderLength + length + TrailerLength;
        return fault;
    }

    private static void WriteUInt32(scoped Span<byte> file, int at, uint value) =>
        Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(file.Slice(at, 4)), value);
}
