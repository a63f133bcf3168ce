using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// Gzip files (RFC 1952) with one or more members. The header, CRC-32 and length of every member are checked. Zero padding
/// after the last member is allowed, as gzip does for tapes; any other trailing data is a fault.
/// </summary>
public static class Gzip
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    /// <summary>Returns true if the file begins with the gzip magic number.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> file) => file.Length >= 2 && file[0] == 0x1F && file[1] == 0x8B;

    /// <summary>
    /// Reads the last length field, a hint for a first attempt at <see cref="Decode"/>. It is right for a file with one member
    /// and no padding; if it is wrong, decoding fails and <see cref="Measure"/> gives the exact size. Returns false if the
    /// file is too short to decompress to that size.
    /// </summary>
    public static bool TryGetSizeHint(scoped ReadOnlySpan<byte> file, out int size)
    {
        size = 0;
        if (file.Length < HeaderLength + TrailerLength) return false;
        uint length = ReadUInt32(file, file.Length - 4);
        if (length > (long)file.Length * Inflate.MaxRatio || length > int.MaxValue) return false;
        size = (int)length;
        return true;
    }

    /// <summary>
    /// The size of the decompressed data. If there can be only one member, without padding, its length field is used, provided
    /// that the compressed data can be that large; <see cref="Decode"/> checks it. Otherwise everything is decoded without
    /// being stored.
    /// </summary>
    /// <param name="file">A whole file.</param>
    /// <param name="tables">Scratch memory.</param>
    /// <param name="size">The number of bytes that <see cref="Decode"/> will write; 0 on a fault.</param>
    public static Fault Measure(scoped ReadOnlySpan<byte> file, scoped ref InflateTables tables, out int size)
    {
        size = 0;
        Fault fault = Header(file, out int start);
        if (!fault.IsNone) return fault;
        if (file.Length - start < TrailerLength) return Truncated(file.Length);
        long max = (long)file.Length * Inflate.MaxRatio;
        long total = ReadUInt32(file, file.Length - 4);
        // If the last byte is 0, it may be padding that follows the length field. What was read as the length is then at most
        // a 256th of the true one.
        bool padded = file[file.Length - 1] == 0 && total <= max / 256;
        if (!padded && !MayHoldMember(file.Slice(start), ref tables))
        {
            if (total > max)
                return Fault.At(file.Length - 4, "the length field exceeds what the data can decompress to\n"u8 +
                    "the file is damaged or incomplete"u8, max, total);
        }
        else
        {
            fault = Members(file, default, false, ref tables, out total);
            if (!fault.IsNone) return fault;
        }
        if (total > int.MaxValue)
            return Fault.At(0, "the decompressed data is larger than 2 GiB"u8, int.MaxValue, total);
        size = (int)total;
        return Fault.None;
    }

    /// <summary>Decompresses a whole file.</summary>
    /// <param name="file">A whole file.</param>
    /// <param name="output">Receives the data; <see cref="Measure"/> returns its size.</param>
    /// <param name="tables">Scratch memory.</param>
    /// <param name="written">The number of bytes decoded, also in case of a fault.</param>
    public static Fault Decode(scoped ReadOnlySpan<byte> file, scoped Span<byte> output,
        scoped ref InflateTables tables, out int written)
    {
        Fault fault = Members(file, output, true, ref tables, out long length);
        written = (int)length;
        return fault;
    }

    /// <summary>
    /// Decompresses as much of the first member as fits, to within 258 bytes, without checking its CRC or length. Returns the
    /// number of bytes written, also in case of a fault.
    /// </summary>
    public static int DecodePrefix(scoped ReadOnlySpan<byte> file, scoped Span<byte> output, scoped ref InflateTables tables)
    {
        if (!Header(file, out int start).IsNone) return 0;
        Inflate.Decode(file.Slice(start), output, ref tables, out _, out int written);
        return written;
    }

    /// <summary>Walks all members: decodes and checks them, or only measures them without checking the CRC.</summary>
    private static Fault Members(scoped ReadOnlySpan<byte> file, scoped Span<byte> output, bool decode,
        scoped ref InflateTables tables, out long size)
    {
        size = 0;
        int at = 0;
        do
        {
            Fault fault = Header(file.Slice(at), out int consumed);
            if (!fault.IsNone) return fault.Shifted(at);
            at += consumed;
            long length;
            uint crc = 0;
            if (decode)
            {
                fault = Inflate.DecodeWithCrc(file.Slice(at), output.Slice((int)size), ref tables, out consumed,
                    out int decoded, out crc);
                length = decoded;
            }
            else
            {
                fault = Inflate.Measure(file.Slice(at), ref tables, out consumed, out length);
            }
            size += length;
            if (!fault.IsNone) return fault.Shifted(at);
            at += consumed;
            if (file.Length - at < TrailerLength) return Truncated(file.Length);
            fault = decode ? CheckTrailer(file, at, crc, length) : fault;
            if (!fault.IsNone) return fault;
            at += TrailerLength;
        }
        while (IsGzip(file.Slice(at)));
        return Padding(file, at);
    }

    private static Fault CheckTrailer(scoped ReadOnlySpan<byte> file, int at, uint crc, long length)
    {
        Fault fault = default;
        if (ReadUInt32(file, at) != crc)
            fault = Fault.AtHex(at, "wrong CRC-32 of the decompressed data"u8, ReadUInt32(file, at), crc);
        else if (ReadUInt32(file, at + 4) != (uint)length)
            fault = Fault.At(at + 4, "wrong length of the decompressed data"u8, ReadUInt32(file, at + 4), length);
        return fault.WithHint("the file is damaged; fetch it again"u8);
    }

    /// <summary>Checks a member's header (RFC 1952, section 2.3) and returns its length.</summary>
    public static Fault Header(scoped ReadOnlySpan<byte> file, out int length)
    {
        const int HeaderCrc = 2, Extra = 4, Name = 8, Comment = 16, Reserved = 0xE0;
        length = 0;
        if (file.IsEmpty) return Fault.At(0, "the file is empty"u8);
        if (file.Length >= 2 && !IsGzip(file))
            return Fault.AtHex(0, "not a gzip file"u8, 0x1F8B, (file[0] << 8) | file[1]);
        if (file.Length < HeaderLength) return Truncated(file.Length);
        if (file[2] != 8) return Fault.At(2, "unknown compression method"u8, 8, file[2]);
        int flags = file[3];
        if ((flags & Reserved) != 0) return Fault.AtHex(3, "unknown header flags"u8, flags & ~Reserved, flags);
        int at = HeaderLength;
        if ((flags & Extra) != 0)
        {
            if (file.Length - at < 2) return Truncated(file.Length);
            int extra = file[at] | (file[at + 1] << 8);
            at += 2;
            if (file.Length - at < extra) return Truncated(file.Length);
            at += extra;
        }
        if ((flags & Name) != 0 && !SkipText(file, ref at)) return Truncated(file.Length);
        if ((flags & Comment) != 0 && !SkipText(file, ref at)) return Truncated(file.Length);
        if ((flags & HeaderCrc) != 0)
        {
            if (file.Length - at < 2) return Truncated(file.Length);
            int found = file[at] | (file[at + 1] << 8);
            int crc = (int)(Crc32.Update(0, file.Slice(0, at)) & 0xFFFF);
            if (found != crc) return Fault.AtHex(at, "wrong checksum of the gzip header"u8, found, crc);
            at += 2;
        }
        length = at;
        return Fault.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool SkipText(scoped ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length)
            if (file[at++] == 0) return true;
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Fault Truncated(int length) =>
        Fault.At(length, "the gzip file ends too early\n"u8 + "is the file complete?"u8);

    private static Fault Padding(scoped ReadOnlySpan<byte> file, int at)
    {
        for (int i = at; i < file.Length; i++)
            if (file[i] != 0) return Fault.At(i, "unexpected bytes after the end of the gzip data"u8);
        return Fault.None;
    }

    /// <summary>
    /// Returns true if another member may begin in the data. A header found by chance is usually followed by data that soon
    /// fails to decode; if the search exceeds its budget, the answer is true as well.
    /// </summary>
    private static bool MayHoldMember(scoped ReadOnlySpan<byte> data, scoped ref InflateTables tables)
    {
        long budget = data.Length;
        while (true)
        {
            int at = data.IndexOf((byte)0x1F);
            if (at < 0 || data.Length - at < HeaderLength + TrailerLength) return false;
            data = data.Slice(at);
            if (data[1] == 0x8B && data[2] == 8 && Header(data, out int header).IsNone)
            {
                if (Inflate.Measure(data.Slice(header), ref tables, out int consumed, out _).IsNone) return true;
                budget -= header + consumed;
                if (budget < 0) return true;
            }
            data = data.Slice(1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint ReadUInt32(scoped ReadOnlySpan<byte> file, int at) =>
        Unsafe.ReadUnaligned<uint>(ref MemoryMarshal.GetReference(file.Slice(at, 4)));
}
