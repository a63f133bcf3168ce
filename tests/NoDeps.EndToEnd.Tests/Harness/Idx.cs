using System.Buffers.Binary;
using System.IO.Compression;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>Writes IDX files and gzip around them, with nothing of the program under test.</summary>
internal static class Idx
{
    /// <summary>An IDX file of unsigned bytes: 0, 0, 8, rank, the dimensions big-endian, the data.</summary>
    public static byte[] Bytes(ReadOnlySpan<byte> data, params uint[] dimensions)
    {
        var file = new byte[4 + 4 * dimensions.Length + data.Length];
        file[2] = 8;
        file[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4 + 4 * i), dimensions[i]);
        }
        data.CopyTo(file.AsSpan(4 + 4 * dimensions.Length));
        return file;
    }

    /// <summary>The bytes as one gzip member.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }
        return packed.ToArray();
    }

    /// <summary>The content of a gzip file.</summary>
    public static byte[] Gunzip(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
