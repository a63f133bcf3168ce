using System.Buffers.Binary;
using System.Diagnostics;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>BMP files of every kind, written here from known pixels; where it is installed, ImageMagick reads them too.</summary>
public sealed class BmpFileTests
{
    private const int Info = 40;

    public static TheoryData<string, int, int> Kinds
    {
        get
        {
            TheoryData<string, int, int> kinds = [];
            foreach (string kind in (string[])["1", "4", "8", "555", "565", "24", "32", "fields", "rle8", "rle4"])
                foreach ((int width, int height) in ((int, int)[])[(1, 1), (7, 5), (8, -3), (33, 4), (13, 9)])
                    if (height > 0 || !kind.StartsWith("rle", StringComparison.Ordinal)) kinds.Add(kind, width, height);
            return kinds;
        }
    }

    /// <summary>A file and the RGB pixels in it, the top row first. A negative height is a file whose top row comes first.</summary>
    internal static (byte[] File, byte[] Pixels) Make(string kind, int width, int height, int seed)
    {
        var random = new Random(seed);
        int rows = Math.Abs(height);
        int bits = kind switch { "1" => 1, "4" or "rle4" => 4, "8" or "rle8" => 8, "555" or "565" => 16, "24" => 24, _ => 32 };
        int compression = kind switch { "rle8" => 1, "rle4" => 2, "565" or "fields" => 3, _ => 0 };
        uint[] palette = bits > 8 ? [] : [.. Enumerable.Range(0, 1 << bits).Select(_ => (uint)random.Next(1 << 24))];
        uint[] masks = kind switch { "565" => [0xF800, 0x07E0, 0x001F], "fields" => [0x3FF00000, 0x000FFC00, 0x000003FF], _ => [] };
        byte[] pixels = new byte[rows * width * 3];
        List<byte> data = [];
        for (int i = 0; i < rows; i++)
        {
            int y = height > 0 ? rows - 1 - i : i;
            int[] indices = [.. Enumerable.Range(0, width).Select(_ => random.Next(Math.Max(palette.Length, 1)))];
            // Runs, so that run-length codes have some.
            if (compression is 1 or 2) for (int x = 1; x < width; x++) if (random.Next(3) > 0) indices[x] = indices[x - 1];
            List<byte> row = [];
            uint[] values = [.. Enumerable.Range(0, width).Select(_ => (uint)random.NextInt64(bits >= 32 ? 1L << 32 : 1L << bits))];
            for (int x = 0; x < width; x++)
            {
                int to = (y * width + x) * 3;
                uint color = palette.Length > 0 ? palette[indices[x]] : Rgb(kind, masks, values[x]);
                (pixels[to], pixels[to + 1], pixels[to + 2]) = ((byte)(color >> 16), (byte)(color >> 8), (byte)color);
                if (bits >= 16) for (int b = 0; b < bits; b += 8) row.Add((byte)(values[x] >> b));
            }
            if (compression is 1 or 2) row = Runs(indices, bits, random, isLast: i == rows - 1);
            else if (bits < 16) row = Packed(indices, bits);
            if (compression is not (1 or 2)) while (row.Count % 4 != 0) row.Add(0);
            data.AddRange(row);
        }
        return (Header(width, height, bits, compression, palette, masks, data), pixels);
    }

    private static uint Rgb(string kind, uint[] masks, uint value)
    {
        if (kind is "24" or "32") return value & 0xFFFFFF;
        uint[] fields = kind == "555" ? [0x7C00, 0x03E0, 0x001F] : masks;
        uint color = 0;
        foreach (uint mask in fields)
        {
            uint field = (value & mask) >> System.Numerics.BitOperations.TrailingZeroCount(mask);
            uint most = mask >> System.Numerics.BitOperations.TrailingZeroCount(mask);
            color = color << 8 | (uint)(field * 255.0 / most + 0.5);
        }
        return color;
    }

    private static List<byte> Packed(int[] indices, int bits)
    {
        byte[] row = new byte[(indices.Length * bits + 7) / 8];
        for (int x = 0; x < indices.Length; x++) row[x * bits / 8] |= (byte)(indices[x] << (8 - bits - x * bits % 8));
        return [.. row];
    }

    private static List<byte> Runs(int[] indices, int bits, Random random, bool isLast)
    {
        List<byte> row = [];
        for (int x = 0; x < indices.Length;)
        {
            int same = 1;
            while (x + same < indices.Length && indices[x + same] == indices[x] && same < 255) same++;
            int literal = Math.Min(indices.Length - x, random.Next(3, 9));
            if (same > 2 || literal < 3)
            {
                row.Add((byte)same);
                row.Add(bits == 8 ? (byte)indices[x] : (byte)(indices[x] << 4 | indices[x]));
                x += same;
                continue;
            }
            row.AddRange([0, (byte)literal]);
            List<byte> packed = Packed(indices[x..(x + literal)], bits);
            if (packed.Count % 2 != 0) packed.Add(0);
            row.AddRange(packed);
            x += literal;
        }
        row.AddRange([0, isLast ? (byte)1 : (byte)0]);
        return row;
    }

    internal static byte[] Header(int width, int height, int bits, int compression, uint[] palette, uint[] masks,
        List<byte> data, int colors = 0)
    {
        int offset = 14 + Info + 4 * (palette.Length + masks.Length);
        byte[] file = new byte[offset + data.Count];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), offset);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), Info);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        file[26] = 1;
        file[28] = (byte)bits;
        file[30] = (byte)compression;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(34), data.Count);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(46), colors);
        uint[] words = [.. masks, .. palette];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(14 + Info + 4 * i), words[i]);
        data.CopyTo(file, offset);
        return file;
    }

    [Theory, MemberData(nameof(Kinds))]
    public void EveryKindGivesThePixelsThatWereWritten(string kind, int width, int height)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            (byte[] file, byte[] pixels) = Make(kind, width, height, seed);
            DecodedPicture picture = DecodedPicture.Of(file);
            Assert.Equal((width, Math.Abs(height), 3), (picture.Width, picture.Height, picture.Channels));
            Assert.Equal(pixels, picture.Pixels);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void ATruncatedFileIsRefused(string kind, int width, int height)
    {
        (byte[] file, _) = Make(kind, width, height, 1);
        for (int length = 0; length < file.Length; length += 1 + length / 40)
            Assert.NotEqual("", DecodedPicture.Try(file.AsSpan(0, length)).Fault.What);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void AChangedFileStaysWithinItsMemory(string kind, int width, int height)
    {
        (byte[] whole, _) = Make(kind, width, height, 1);
        var random = new Random(width);
        int pixels = BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(10)), refused = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            byte[] file = [.. whole];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int at = trial % 2 == 0 ? random.Next(14 + Info) : random.Next(pixels, file.Length);
                file[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(file[at] ^ 1 << random.Next(8));
            }
            if (!DecodedPicture.Try(file).Fault.IsNone) refused++;
        }
        Assert.InRange(refused, 50, 399);
    }

    [ImageMagickTheory, MemberData(nameof(Kinds))]
    public void ImageMagickReadsTheSamePixels(string kind, int width, int height)
    {
        (byte[] file, byte[] pixels) = Make(kind, width, height, 2);
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, file);
        using Process process = Process.Start(new ProcessStartInfo("convert", ["bmp:" + path, "-depth", "8", "rgb:-"])
        { RedirectStandardOutput = true })!;
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        File.Delete(path);
        // Channels of 5, 6 and 10 bits are rounded in another way there.
        int tolerance = kind is "555" or "565" or "fields" ? 1 : 0;
        byte[] found = output.ToArray();
        Assert.Equal(pixels.Length, found.Length);
        Assert.All(pixels.Zip(found), pair => Assert.InRange(pair.Second - pair.First, -tolerance, tolerance));
    }
}
