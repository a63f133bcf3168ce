using System.IO.Compression;
using System.Text;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>A gray picture that a test draws, and its bytes as a file.</summary>
internal sealed class Drawing(int width, int height, byte ground)
{
    /// <summary>The pixels, row by row.</summary>
    public byte[] Pixels { get; } = [.. Enumerable.Repeat(ground, width * height)];

    /// <summary>A seven in a box of that height: a bar, and a slanted stroke down from its right end.</summary>
    public Drawing Seven(int left, int top, int size, byte ink)
    {
        int stroke = Math.Max(2, size / 8);
        Fill(left, top, size * 2 / 3, stroke, ink);
        for (int y = 0; y < size; y++) Fill(left + size * 2 / 3 - stroke - y / 3, top + y, stroke, 1, ink);
        return this;
    }

    /// <summary>A vertical stroke.</summary>
    public Drawing One(int left, int top, int size, byte ink)
    {
        Fill(left, top, Math.Max(2, size / 8), size, ink);
        return this;
    }

    /// <summary>A filled rectangle, as far as it lies within the picture.</summary>
    public Drawing Fill(int left, int top, int columns, int rows, byte value)
    {
        for (int y = Math.Max(top, 0); y < Math.Min(top + rows, height); y++)
        {
            for (int x = Math.Max(left, 0); x < Math.Min(left + columns, width); x++) Pixels[y * width + x] = value;
        }
        return this;
    }

    /// <summary>PNM, P5.</summary>
    public byte[] Pgm() => [.. Encoding.ASCII.GetBytes($"P5\n{width} {height}\n255\n"), .. Pixels];

    /// <summary>PNG, gray, 8 bits, no filter.</summary>
    public byte[] Png() => [0x89, .. "PNG\r\n\u001a\n"u8,
        .. Chunk("IHDR", [.. Big(width), .. Big(height), 8, 0, 0, 0, 0]), .. Chunk("IDAT", Deflated()), .. Chunk("IEND", [])];

    private byte[] Deflated()
    {
        using var to = new MemoryStream();
        using (var stream = new ZLibStream(to, CompressionLevel.Fastest))
        {
            for (int y = 0; y < height; y++)
            {
                stream.WriteByte(0);
                stream.Write(Pixels, y * width, width);
            }
        }
        return to.ToArray();
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        return [.. Big(content.Length), .. named, .. Big((int)Crc(named))];
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
        return ~crc;
    }

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
