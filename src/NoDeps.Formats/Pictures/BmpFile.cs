using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// BMP files: 1, 4, 8, 16, 24 and 32 bits, bit fields, RLE8 and RLE4, bottom-up and top-down, with the headers of OS/2 1
/// and of Windows 3 to V5. The output is RGB, or RGBA if the file has a mask for the alpha channel.
/// </summary>
internal static unsafe class BmpFile
{
    private const int FileHeader = 14, CoreHeader = 12, InfoHeader = 40;

    internal static uint ReadUInt32(byte* at) => at[0] | (uint)at[1] << 8 | (uint)at[2] << 16 | (uint)at[3] << 24;

    private static int ReadUInt16(byte* at) => at[0] | at[1] << 8;

    internal static Fault ReadHeader(byte* file, long length, long maxPixels, ref PictureInfo info)
    {
        if (length < FileHeader + CoreHeader) return TooShort(length);
        BmpHeader header = default;
        header.Data = ReadUInt32(file + 10);
        byte* dib = file + FileHeader;
        uint size = ReadUInt32(dib);
        if (size != CoreHeader && size is < InfoHeader or > 1024)
            return Fault.At(FileHeader, "unknown BMP header length"u8, InfoHeader, size);
        if (length - FileHeader < size) return TooShort(length);
        bool isCore = size == CoreHeader;
        long width = isCore ? ReadUInt16(dib + 4) : (int)ReadUInt32(dib + 4);
        long height = isCore ? ReadUInt16(dib + 6) : (int)ReadUInt32(dib + 8);
        header.TopDown = height < 0;
        header.Bits = ReadUInt16(dib + (isCore ? 10 : 14));
        long colors = 0, masks = 0;
        if (!isCore)
        {
            header.Compression = (int)ReadUInt32(dib + 16);
            colors = ReadUInt32(dib + 32);
        }
        Fault fault = ReadKind(file, length, size, ref header, ref masks);
        if (!fault.IsNone) return fault;
        fault = info.SetSize(PictureFormat.Bmp, width, Math.Abs(height), header.Alpha != 0 ? 4 : 3, maxPixels, FileHeader + 4);
        if (!fault.IsNone) return fault;
        header.Palette = FileHeader + size + masks;
        header.PaletteStride = isCore ? 3 : 4;
        if (header.Bits <= 8)
        {
            long max = 1L << header.Bits;
            // The pixels may begin before the end of a full palette.
            long available = (Math.Min(header.Data, length) - header.Palette) / header.PaletteStride;
            header.PaletteEntries = (int)Math.Max(0, Math.Min(colors == 0 || colors > max ? max : colors, available));
        }
        if (header.Data < header.Palette || header.Data > length) return Fault.At(10, "the BMP pixels begin outside the file"u8);
        long need = header.Compression is 1 or 2 ? 0 : RowBytes(info.Width, header.Bits) * info.Height;
        if (length - header.Data < need) return TooShort(length);
        info.Bmp = header;
        return Fault.None;
    }

    private static Fault TooShort(long length) => Fault.At(length, "the BMP file ends too early\nis the file complete?"u8);

    /// <summary>Size of an uncompressed row in bytes, padded to a multiple of 4.</summary>
    internal static long RowBytes(long width, int bits) => (width * bits + 31) >> 5 << 2;

    /// <summary>Checks the combination of bit depth and compression, and reads the color masks.</summary>
    private static Fault ReadKind(byte* file, long length, uint size, ref BmpHeader header, ref long masks)
    {
        bool known = header.Compression switch
        {
            0 => header.Bits is 1 or 4 or 8 or 16 or 24 or 32,
            1 => header.Bits == 8 && !header.TopDown,
            2 => header.Bits == 4 && !header.TopDown,
            3 or 6 => header.Bits is 16 or 32,
            _ => false,
        };
        if (!known)
            return Fault.At(FileHeader + 14, "an invalid combination of BMP compression and bit depth"u8, header.Compression, header.Bits);
        if (header.Compression is 3 or 6)
        {
            int count = header.Compression == 6 || size >= 56 ? 4 : 3;
            if (size == InfoHeader) masks = 4 * count;
            if (length < FileHeader + InfoHeader + 4 * count) return TooShort(length);
            byte* at = file + FileHeader + InfoHeader;
            header.Red = ReadUInt32(at);
            header.Green = ReadUInt32(at + 4);
            header.Blue = ReadUInt32(at + 8);
            header.Alpha = count == 4 ? ReadUInt32(at + 12) : 0;
        }
        else if (header.Bits == 16)
        {
            header.Red = 0x7C00;
            header.Green = 0x3E0;
            header.Blue = 0x1F;
        }
        else
        {
            header.Red = 0xFF0000;
            header.Green = 0xFF00;
            header.Blue = 0xFF;
        }
        return Fault.None;
    }

    internal static Fault Decode(byte* file, long length, in PictureInfo info, byte* output)
    {
        BmpHeader header = info.Bmp;
        if (header.Compression is 1 or 2) return BmpRuns.Decode(file, length, info, output);
        long rowBytes = RowBytes(info.Width, header.Bits);
        for (int y = 0; y < info.Height; y++)
        {
            byte* from = file + header.Data + (header.TopDown ? y : info.Height - 1 - y) * rowBytes;
            for (int x = 0; x < info.Width; x++, output += info.Channels)
            {
                if (header.Bits <= 8)
                {
                    long bit = (long)x * header.Bits;
                    int index = from[bit >> 3] >> (8 - header.Bits - (int)(bit & 7)) & ((1 << header.Bits) - 1);
                    if (!Color(file, header, index, output)) return NoColor(header);
                    continue;
                }
                uint value = header.Bits == 16 ? (uint)ReadUInt16(from + 2L * x)
                    : header.Bits == 32 ? ReadUInt32(from + 4L * x)
                    : from[3L * x] | (uint)from[3L * x + 1] << 8 | (uint)from[3L * x + 2] << 16;
                output[0] = Masked(value, header.Red);
                output[1] = Masked(value, header.Green);
                output[2] = Masked(value, header.Blue);
                if (info.Channels == 4) output[3] = Masked(value, header.Alpha);
            }
        }
        return Fault.None;
    }

    internal static Fault NoColor(in BmpHeader header) =>
        Fault.At(header.Data, "a BMP pixel has a color index outside the palette"u8);

    /// <summary>Writes a color of the palette, which is stored as BGR. Returns false if the index is outside the palette.</summary>
    internal static bool Color(byte* file, in BmpHeader header, int index, byte* to)
    {
        if (index >= header.PaletteEntries) return false;
        byte* color = file + header.Palette + index * header.PaletteStride;
        to[0] = color[2];
        to[1] = color[1];
        to[2] = color[0];
        return true;
    }

    /// <summary>Extracts the bits of a mask, scaled to 0 … 255 and rounded.</summary>
    private static byte Masked(uint value, uint mask)
    {
        if (mask == 0) return 0;
        while ((mask & 1) == 0)
        {
            mask >>= 1;
            value >>= 1;
        }
        return mask == 255 ? (byte)value : (byte)(((ulong)(value & mask) * 255 + mask / 2) / mask);
    }
}
