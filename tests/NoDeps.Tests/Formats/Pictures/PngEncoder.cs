using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NoDeps.Primitives;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>A PNG encoder for tests: any color type, depth, interlace and filter, from samples that are given by a function.</summary>
internal sealed class PngEncoder
{
    public int Width { get; init; } = 13;
    public int Height { get; init; } = 11;
    public int ColorType { get; init; }
    public int Depth { get; init; } = 8;
    public bool Interlaced { get; init; }
    /// <summary>0 to 4; 5 takes them in turn.</summary>
    public int Filter { get; init; }
    public byte[]? Palette { get; init; }
    public byte[]? Transparency { get; init; }
    /// <summary>IDAT chunks have at most so many bytes.</summary>
    public int ChunkBytes { get; init; } = 100;
    public byte[]? Extra { get; init; }

    public int Samples => ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>The sample of channel c at x, y.</summary>
    public int Sample(int c, int x, int y)
    {
        uint hash = (uint)(x * 73856093 ^ y * 19349663 ^ c * 83492791) * 2654435761;
        return (int)(hash >> (32 - Depth)) & ((1 << Depth) - 1);
    }

    public static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.UpdateScalar(0, chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    public byte[] File()
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = (byte)Depth;
        header[9] = (byte)ColorType;
        header[12] = Interlaced ? (byte)1 : (byte)0;
        var file = new List<byte>([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, .. Chunk("IHDR", header)]);
        if (Palette != null) file.AddRange(Chunk("PLTE", Palette));
        if (Transparency != null) file.AddRange(Chunk("tRNS", Transparency));
        file.AddRange(Extra ?? Chunk("tEXt", "Title"u8));
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, true)) zlib.Write(Rows());
        foreach (byte[] data in compressed.ToArray().Chunk(ChunkBytes)) file.AddRange(Chunk("IDAT", data));
        file.AddRange(Chunk("IEND", []));
        return [.. file];
    }

    private byte[] Rows()
    {
        (int X, int Y, int DX, int DY)[] passes = Interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        var rows = new List<byte>();
        foreach ((int left, int top, int stepX, int stepY) in passes)
        {
            int width = (Width - left + stepX - 1) / stepX;
            if (width <= 0) continue;
            byte[] above = new byte[(width * Samples * Depth + 7) / 8];
            int line = 0;
            for (int y = top; y < Height; y += stepY)
            {
                byte[] row = new byte[above.Length];
                int bit = 0;
                for (int x = left; x < Width; x += stepX)
                    for (int c = 0; c < Samples; c++)
                        for (int b = Depth - 1; b >= 0; b--, bit++)
                            row[bit / 8] |= (byte)((Sample(c, x, y) >> b & 1) << (7 - bit % 8));
                int filter = Filter == 5 ? line++ % 5 : Filter;
                rows.Add((byte)filter);
                rows.AddRange(Filtered(filter, row, above));
                above = row;
            }
        }
        return [.. rows];
    }

    private byte[] Filtered(int filter, byte[] row, byte[] above)
    {
        int back = Math.Max(1, Samples * Depth / 8);
        byte[] to = new byte[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            int a = i >= back ? row[i - back] : 0, b = above[i], c = i >= back ? above[i - back] : 0;
            int p = a + b - c, pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
            int guess = filter switch
            {
                1 => a,
                2 => b,
                3 => (a + b) / 2,
                4 => pa <= pb && pa <= pc ? a : pb <= pc ? b : c,
                _ => 0,
            };
            to[i] = (byte)(row[i] - guess);
        }
        return to;
    }
}
