using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Writes PNG files with 8 bits per sample, gray or RGB, using the Up filter.</summary>
public static unsafe class PngWriter
{
    private const int Signature = 8, Header = 13, Zlib = 2, Adler = 4, Up = 2;

    /// <summary>The buffer size that <see cref="Write"/> needs for the file, in addition to its scratch memory.</summary>
    /// <returns>−1 if the picture is too large for this writer (2 GiB).</returns>
    public static long MaxLength(int width, int height, int channels)
    {
        long rows = FilteredBytes(width, height, channels);
        if (rows < 0) return -1;
        long length = Signature + 3 * PngChunks.Overhead + Header + Zlib + Deflate.MaxBytes(rows) + Adler;
        return length > int.MaxValue ? -1 : length;
    }

    /// <summary>Size of the scratch memory in bytes, any alignment; −1 if <see cref="MaxLength"/> is −1.</summary>
    public static long ScratchBytes(int width, int height, int channels) =>
        MaxLength(width, height, channels) < 0 ? -1 : 64 + sizeof(DeflateTables) + FilteredBytes(width, height, channels);

    /// <summary>Size of the filtered rows in bytes; −1 if it is too large or an argument is invalid.</summary>
    private static long FilteredBytes(int width, int height, int channels)
    {
        if (width <= 0 || height <= 0 || channels is not (1 or 3)) return -1;
        long row = (long)width * channels + 1;
        return row > int.MaxValue / height ? -1 : row * height;
    }

    /// <summary>Writes a file.</summary>
    /// <param name="pixels">[height][width][channels].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 (gray) or 3 (RGB).</param>
    /// <param name="file">Receives the file; <see cref="MaxLength"/> bytes, which must not be −1.</param>
    /// <param name="scratch"><see cref="ScratchBytes"/> bytes.</param>
    /// <returns>The length of the file.</returns>
    public static long Write(byte* pixels, int width, int height, int channels, byte* file, byte* scratch)
    {
        byte* tables = (byte*)(((nint)scratch + 63) & -64);
        byte* rows = tables + sizeof(DeflateTables);
        int filtered = (int)FilteredBytes(width, height, channels);
        Filter(pixels, (long)width * channels, height, rows);
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
        signature.CopyTo(new Span<byte>(file, Signature));
        byte* data = file + Signature + 8;
        WriteUInt32(data, (uint)width);
        WriteUInt32(data + 4, (uint)height);
        data[8] = 8;
        data[9] = channels == 3 ? (byte)2 : (byte)0;
        data[10] = data[11] = data[12] = 0;
        byte* at = FinishChunk(data, Header, "IHDR"u8);
        data = at + 8;
        // zlib header: deflate with a window of 32 KiB, fastest level.
        data[0] = 0x78;
        data[1] = 0x01;
        int capacity = (int)Deflate.MaxBytes(filtered);
        // Cannot fail: the buffer has the size that MaxBytes requires.
        Deflate.Encode(new ReadOnlySpan<byte>(rows, filtered), new Span<byte>(data + Zlib, capacity), DeflateLevel.Fast,
            ref *(DeflateTables*)tables, out int written);
        WriteUInt32(data + Zlib + written, Adler32.Update(Adler32.Start, new ReadOnlySpan<byte>(rows, filtered)));
        at = FinishChunk(data, Zlib + written + Adler, "IDAT"u8);
        return FinishChunk(at + 8, 0, "IEND"u8) - file;
    }

    private static void Filter(byte* pixels, long rowBytes, int height, byte* rows)
    {
        for (int y = 0; y < height; y++, pixels += rowBytes)
        {
            *rows++ = y == 0 ? (byte)0 : (byte)Up;
            for (long i = 0; i < rowBytes; i++) *rows++ = y == 0 ? pixels[i] : (byte)(pixels[i] - pixels[i - rowBytes]);
        }
    }

    /// <summary>Completes a chunk whose data has been written; returns the address of the next one.</summary>
    private static byte* FinishChunk(byte* data, int length, ReadOnlySpan<byte> type)
    {
        WriteUInt32(data - 8, (uint)length);
        type.CopyTo(new Span<byte>(data - 4, 4));
        WriteUInt32(data + length, Crc32.Update(0, new ReadOnlySpan<byte>(data - 4, length + 4)));
        return data + length + 4;
    }

    private static void WriteUInt32(byte* to, uint value)
    {
        to[0] = (byte)(value >> 24);
        to[1] = (byte)(value >> 16);
        to[2] = (byte)(value >> 8);
        to[3] = (byte)value;
    }
}
