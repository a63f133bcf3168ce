using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// PNG files (W3C, third edition) with all color types and bit depths, interlaced or not. 16-bit samples are rounded to 8
/// bits, palettes become RGB, and a tRNS chunk becomes an alpha channel. Checksums must be correct and the file complete;
/// text, color profiles, gamma and animations are skipped.
/// </summary>
internal static unsafe class PngFile
{
    private const int ZlibHeader = 2, ZlibTrailer = 4;

    internal static Fault ReadHeader(byte* file, long length, long maxPixels, ref PictureInfo info)
    {
        PngHeader header = default;
        Fault fault = PngChunks.Walk(file, length, ref header);
        if (!fault.IsNone) return fault;
        int channels = header.ColorType switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 };
        if (header.Transparency != 0) channels++;
        fault = info.SetSize(PictureFormat.Png, header.Width, header.Height, channels, maxPixels, 16);
        if (!fault.IsNone) return fault;
        for (int i = 0; i < Passes(header); i++) header.FilteredBytes += new PngPass(header, i).FilteredBytes(header);
        if (header.FilteredBytes > int.MaxValue)
            return Fault.At(16, "the PNG picture is larger than 2 GiB"u8);
        if (header.FilteredBytes > header.DataBytes * Inflate.MaxRatio)
            return Fault.At(header.FirstData, "too little compressed data for a PNG picture of this size\nis the file complete?"u8);
        info.Png = header;
        info.ScratchBytes = 64 + sizeof(InflateTables) + ZeroRow(header) + header.FilteredBytes + header.DataBytes;
        return Fault.None;
    }

    private static int Passes(in PngHeader header) => header.Interlaced ? PngPass.Interlaced : 1;

    /// <summary>Size in bytes of the row of zeros above the first row.</summary>
    private static long ZeroRow(in PngHeader header) => header.RowBytes(header.Width);

    internal static Fault Decode(byte* file, in PictureInfo info, byte* output, byte* scratch)
    {
        PngHeader header = info.Png;
        byte* tables = (byte*)(((nint)scratch + 63) & -64);
        byte* zeros = tables + sizeof(InflateTables);
        byte* rows = zeros + ZeroRow(header);
        byte* data = rows + header.FilteredBytes;
        new Span<byte>(zeros, (int)ZeroRow(header)).Clear();
        Gather(file, header, data);
        Fault fault = Decompress(header, data, rows, ref *(InflateTables*)tables);
        if (!fault.IsNone) return fault.Offset < 0 ? fault : fault.Shifted(FileOffset(file, header, fault.Offset) - fault.Offset);
        uint* colors = stackalloc uint[256];
        PngRow row = new(file, header, info.Channels, colors);
        int pixelBytes = Math.Max(1, header.BitsPerPixel >> 3);
        for (int i = 0; i < Passes(header); i++)
        {
            PngPass pass = new(header, i);
            if (pass.Width == 0) continue;
            int rowBytes = (int)header.RowBytes(pass.Width);
            byte* above = zeros;
            for (int y = 0; y < pass.Height; y++)
            {
                byte* current = rows + 1;
                if (*rows > 4) return Fault.At(header.FirstData, "unknown filter type of a PNG row"u8, 4, *rows);
                PngFilter.Undo(*rows, current, above, rowBytes, pixelBytes);
                byte* to = output + ((pass.Top + (long)y * pass.StepY) * header.Width + pass.Left) * info.Channels;
                if (!row.Write(current, pass.Width, to, pass.StepX * info.Channels))
                    return Fault.At(header.FirstData, "a PNG pixel has a color index outside the palette"u8);
                above = current;
                rows += rowBytes + 1;
            }
        }
        return Fault.None;
    }

    /// <summary>Concatenates the data of all IDAT chunks.</summary>
    private static void Gather(byte* file, in PngHeader header, byte* to)
    {
        for (byte* chunk = file + header.FirstData; PngChunks.IsData(chunk);)
        {
            int bytes = (int)PngChunks.ReadUInt32(chunk);
            new ReadOnlySpan<byte>(chunk + 8, bytes).CopyTo(new Span<byte>(to, bytes));
            to += bytes;
            chunk += bytes + PngChunks.Overhead;
        }
    }

    /// <summary>The offset in the file of a byte of the concatenated data.</summary>
    private static long FileOffset(byte* file, in PngHeader header, long offset)
    {
        long at = header.FirstData;
        while (true)
        {
            long bytes = PngChunks.ReadUInt32(file + at);
            if (offset < bytes || !PngChunks.IsData(file + at + bytes + PngChunks.Overhead)) return at + 8 + Math.Min(offset, bytes);
            offset -= bytes;
            at += bytes + PngChunks.Overhead;
        }
    }

    /// <summary>Decompresses a zlib stream (RFC 1950). Offsets of faults are relative to the concatenated data.</summary>
    private static Fault Decompress(in PngHeader header, byte* data, byte* rows, ref InflateTables tables)
    {
        int length = (int)header.DataBytes, wanted = (int)header.FilteredBytes;
        if (length < ZlibHeader + ZlibTrailer) return Fault.At(length, "the compressed data ends too early"u8);
        if ((data[0] & 15) != 8 || data[0] >> 4 > 7 || ((data[0] << 8) | data[1]) % 31 != 0 || (data[1] & 0x20) != 0)
            return Fault.At(0, "invalid zlib header of the PNG data"u8);
        Fault fault = Inflate.Decode(new ReadOnlySpan<byte>(data + ZlibHeader, length - ZlibHeader), new Span<byte>(rows, wanted),
            ref tables, out int consumed, out int written);
        if (!fault.IsNone) return fault.Shifted(ZlibHeader);
        if (written != wanted) return Fault.At(ZlibHeader + consumed, "fewer PNG pixels than the picture has"u8, wanted, written);
        if (length - ZlibHeader - consumed < ZlibTrailer) return Fault.At(length, "the compressed data ends too early"u8);
        uint adler = Adler32.Update(Adler32.Start, new ReadOnlySpan<byte>(rows, wanted));
        uint stored = PngChunks.ReadUInt32(data + ZlibHeader + consumed);
        return adler == stored ? Fault.None
            : Fault.AtHex(ZlibHeader + consumed, "wrong Adler-32 checksum of the PNG data"u8, adler, stored);
    }
}
