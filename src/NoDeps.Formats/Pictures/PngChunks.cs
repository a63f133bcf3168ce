using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Walks the chunks of a PNG file once: checks order, lengths and checksums, and collects what decoding needs.</summary>
internal static unsafe class PngChunks
{
    /// <summary>Bytes of a chunk besides its data: length, type, checksum.</summary>
    internal const int Overhead = 12;
    private const int SignatureBytes = 8, HeaderBytes = 13;
    private const uint Ihdr = 0x49484452, Plte = 0x504C5445, Trns = 0x74524E53, Idat = 0x49444154, Iend = 0x49454E44;
    /// <summary>Bit 5 of a type's first letter: set in chunks that a decoder may skip.</summary>
    private const uint Ancillary = 0x20000000;

    internal static uint ReadUInt32(byte* at) => (uint)at[0] << 24 | (uint)at[1] << 16 | (uint)at[2] << 8 | at[3];

    /// <summary>Returns true if this is an IDAT chunk.</summary>
    internal static bool IsData(byte* chunk) => ReadUInt32(chunk + 4) == Idat;

    internal static Fault Walk(byte* file, long length, ref PngHeader header)
    {
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
        if (length < SignatureBytes) return TooShort(length);
        if (!new ReadOnlySpan<byte>(file, SignatureBytes).SequenceEqual(signature))
            return Fault.At(0, "damaged PNG signature\nwas the file transferred in text mode?"u8);
        bool dataEnded = false;
        for (long at = SignatureBytes; ;)
        {
            if (length - at < Overhead) return TooShort(length);
            uint bytes = ReadUInt32(file + at), type = ReadUInt32(file + at + 4);
            if (at == SignatureBytes && type != Ihdr) return Fault.At(at, "the PNG file does not begin with an IHDR chunk"u8);
            if (bytes > int.MaxValue) return Fault.At(at, "a PNG chunk is longer than allowed"u8);
            if (length - at - Overhead < bytes) return TooShort(length);
            uint crc = Crc32.Update(0, new ReadOnlySpan<byte>(file + at + 4, (int)bytes + 4));
            uint stored = ReadUInt32(file + at + 8 + bytes);
            if (crc != stored) return Fault.AtHex(at + 8 + bytes, "wrong checksum of a PNG chunk"u8, crc, stored);
            if (type == Iend) return header.DataBytes == 0 ? Fault.At(at, "the PNG file has no IDAT chunks"u8) : Fault.None;
            if (type == Idat)
            {
                if (dataEnded) return Fault.At(at, "the IDAT chunks of the PNG file are not consecutive"u8);
                if (header.ColorType == 3 && header.Palette == 0) return Fault.At(at, "the PNG file has palette colors but no palette"u8);
                if (header.FirstData == 0) header.FirstData = at;
                header.DataBytes += bytes;
            }
            else
            {
                dataEnded = header.FirstData != 0;
                Fault fault = Other(file, at, type, (int)bytes, ref header);
                if (!fault.IsNone) return fault;
            }
            at += Overhead + bytes;
        }
    }

    private static Fault TooShort(long length) => Fault.At(length, "the PNG file ends too early\nis the file complete?"u8);

    private static Fault Other(byte* file, long at, uint type, int bytes, ref PngHeader header)
    {
        long data = at + 8;
        switch (type)
        {
            case Ihdr:
                if (header.Depth != 0) return Fault.At(at, "a second IHDR chunk"u8);
                return bytes == HeaderBytes ? Header(file + data, data, ref header)
                    : Fault.At(at, "wrong length of the IHDR chunk"u8, HeaderBytes, bytes);
            case Plte:
                if (header.Palette != 0 || header.FirstData != 0) return Fault.At(at, "unexpected PNG palette"u8);
                if (bytes == 0 || bytes % 3 != 0 || bytes > 3 * 256) return Fault.At(at, "wrong length of the PNG palette"u8);
                header.Palette = data;
                header.PaletteEntries = bytes / 3;
                return Fault.None;
            case Trns:
                return Transparency(at, data, bytes, ref header);
            default:
                return (type & Ancillary) != 0 ? Fault.None
                    : Fault.At(at, "an unknown critical PNG chunk"u8)
                        .WithQuote(new ReadOnlySpan<byte>(file + at + 4, 4));
        }
    }

    private static Fault Transparency(long at, long data, int bytes, ref PngHeader header)
    {
        // A misplaced tRNS chunk is skipped, as any ancillary chunk may be.
        if (header.ColorType is 4 or 6 || header.FirstData != 0) return Fault.None;
        bool right = header.ColorType switch
        {
            0 => bytes == 2,
            2 => bytes == 6,
            _ => header.Palette != 0 && bytes > 0 && bytes <= header.PaletteEntries,
        };
        if (!right) return Fault.At(at, "wrong length or position of the PNG file's tRNS chunk"u8);
        header.Transparency = data;
        header.TransparencyBytes = bytes;
        return Fault.None;
    }

    private static Fault Header(byte* p, long at, ref PngHeader header)
    {
        uint width = ReadUInt32(p), height = ReadUInt32(p + 4);
        if (width - 1 >= int.MaxValue || height - 1 >= int.MaxValue) return Fault.At(at, "a PNG picture of invalid size"u8);
        int depth = p[8], color = p[9];
        bool known = color switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!known) return Fault.At(at + 8, "an invalid combination of PNG color type and bit depth"u8);
        if (p[10] != 0) return Fault.At(at + 10, "unknown PNG compression method"u8, 0, p[10]);
        if (p[11] != 0) return Fault.At(at + 11, "unknown PNG filter method"u8, 0, p[11]);
        if (p[12] > 1) return Fault.At(at + 12, "unknown PNG interlace method"u8, 1, p[12]);
        header.Width = (int)width;
        header.Height = (int)height;
        header.Depth = depth;
        header.ColorType = color;
        header.Interlaced = p[12] != 0;
        return Fault.None;
    }
}
