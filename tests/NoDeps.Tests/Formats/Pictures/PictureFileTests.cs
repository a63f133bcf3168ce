using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>PNG, PNM and BMP files of the tests' own encoders, right and wrong ones.</summary>
public sealed class PictureFileTests
{
    internal static readonly (int Color, int Depth)[] Kinds =
    [
        (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16),
    ];

    private static readonly byte[] Palette = [.. Enumerable.Range(0, 768).Select(i => (byte)(i * 37))];

    /// <summary>Color type, depth, interlaced, filter, with tRNS.</summary>
    public static IEnumerable<object[]> Matrix =>
        from kind in Kinds
        from interlaced in new[] { false, true }
        from transparent in new[] { false, true }
        where !transparent || kind.Color < 4
        select new object[] { kind.Color, kind.Depth, interlaced, transparent };

    internal static PngEncoder Encoder(int color, int depth, bool interlaced, bool transparent, int filter, int width, int height)
    {
        var plain = new PngEncoder { ColorType = color, Depth = depth };
        byte[] key = [.. Enumerable.Range(0, plain.Samples).SelectMany(c =>
            new[] { (byte)(plain.Sample(c, 0, 0) >> 8), (byte)plain.Sample(c, 0, 0) })];
        return new()
        {
            ColorType = color,
            Depth = depth,
            Interlaced = interlaced,
            Filter = filter,
            Width = width,
            Height = height,
            Palette = color == 3 ? Palette[..(3 << depth)] : null,
            Transparency = !transparent ? null : color == 3 ? [0, 100] : key,
        };
    }

    private static byte[] Expected(PngEncoder png)
    {
        var pixels = new List<byte>();
        int most = (1 << png.Depth) - 1;
        for (int y = 0; y < png.Height; y++)
        {
            for (int x = 0; x < png.Width; x++)
            {
                int[] samples = [.. Enumerable.Range(0, png.Samples).Select(c => png.Sample(c, x, y))];
                if (png.ColorType == 3)
                {
                    pixels.AddRange(png.Palette!.AsSpan(3 * samples[0], 3));
                    if (png.Transparency != null) pixels.Add(samples[0] < 2 ? png.Transparency[samples[0]] : (byte)255);
                    continue;
                }
                pixels.AddRange(samples.Select(v => (byte)Math.Round(v * 255.0 / most)));
                if (png.Transparency == null) continue;
                bool isKey = Enumerable.Range(0, png.Samples).All(c => samples[c] == png.Sample(c, 0, 0));
                pixels.Add(isKey ? (byte)0 : (byte)255);
            }
        }
        return [.. pixels];
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void APNGPictureComesBack(int color, int depth, bool interlaced, bool transparent)
    {
        for (int filter = 0; filter <= 5; filter++)
        {
            foreach ((int width, int height) in new[] { (1, 1), (2, 3), (5, 1), (13, 11), (40, 9) })
            {
                PngEncoder png = Encoder(color, depth, interlaced, transparent, filter, width, height);
                DecodedPicture picture = DecodedPicture.Of(png.File());
                Assert.Equal((width, height), (picture.Width, picture.Height));
                Assert.Equal(Expected(png), picture.Pixels);
            }
        }
    }

    private static byte[] Bmp(int bits, int compression, int height, byte[] rest)
    {
        byte[] header = new byte[54];
        "BM"u8.CopyTo(header);
        int palette = bits <= 8 ? 4 << bits : compression == 3 ? 12 : 0;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(10), 54 + palette);
        header[14] = 40;
        header[18] = 3;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(22), height);
        header[26] = 1;
        header[28] = (byte)bits;
        header[30] = (byte)compression;
        return [.. header, .. rest];
    }

    private static byte[] Colors(int bits) =>
        [.. Enumerable.Range(0, 1 << bits).SelectMany(i => new byte[] { (byte)i, (byte)(2 * i), (byte)(255 - i), 0 })];

    /// <summary>Small right files of every format.</summary>
    private static Dictionary<string, byte[]> Files => new()
    {
        ["png"] = new PngEncoder { Filter = 5, ColorType = 2 }.File(),
        ["palette"] = Encoder(3, 4, true, true, 5, 9, 9).File(),
        ["P1"] = "P1 #c\n3 2\n101 0 1 0\n"u8.ToArray(),
        ["P2"] = "P2 3 2 15 0 15 7 1 2 3\n"u8.ToArray(),
        ["P3"] = "P3 2 1 9 0 9 3 4 5 6\n"u8.ToArray(),
        ["P5"] = [.. "P5 3 1 255\n"u8, 7, 8, 9],
        ["P4"] = [.. "P4\n# x\n3 2\n"u8, 0xA0, 0x40],
        ["P6"] = [.. "P6 1 2 511 "u8, 1, 255, 0, 0, 1, 0, 0, 1, 0, 2, 1, 0],
        ["bmp24"] = Bmp(24, 0, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 11, 12, 13, 14, 15, 16, 17, 18, 19, 0, 0, 0]),
        ["bmp8"] = Bmp(8, 0, -2, [.. Colors(8), 1, 2, 3, 0, 4, 5, 6, 0]),
        ["rle8"] = Bmp(8, 1, 2, [.. Colors(8), 2, 9, 1, 7, 0, 0, 0, 3, 1, 2, 3, 0, 0, 1]),
        ["bmp1"] = Bmp(1, 0, 2, [.. Colors(1), 0xA0, 0, 0, 0, 0x40, 0, 0, 0]),
    };

    /// <summary>Their names.</summary>
    public static IEnumerable<object[]> Names => Files.Keys.Select(name => new object[] { name });

    [Theory]
    [InlineData("P1", 1, new byte[] { 0, 255, 0, 255, 0, 255 })]
    [InlineData("P2", 1, new byte[] { 0, 255, 119, 17, 34, 51 })]
    [InlineData("P3", 3, new byte[] { 0, 255, 85, 113, 142, 170 })]
    [InlineData("P5", 1, new byte[] { 7, 8, 9 })]
    [InlineData("P4", 1, new byte[] { 0, 255, 0, 255, 0, 255 })]
    [InlineData("P6", 3, new byte[] { 255, 0, 128, 0, 1, 128 })]
    [InlineData("bmp24", 3, new byte[] { 13, 12, 11, 16, 15, 14, 19, 18, 17, 3, 2, 1, 6, 5, 4, 9, 8, 7 })]
    [InlineData("bmp8", 3, new byte[] { 254, 2, 1, 253, 4, 2, 252, 6, 3, 251, 8, 4, 250, 10, 5, 249, 12, 6 })]
    [InlineData("rle8", 3, new byte[] { 254, 2, 1, 253, 4, 2, 252, 6, 3, 246, 18, 9, 246, 18, 9, 248, 14, 7 })]
    [InlineData("bmp1", 3, new byte[] { 255, 0, 0, 254, 2, 1, 255, 0, 0, 254, 2, 1, 255, 0, 0, 254, 2, 1 })]
    public void PixelsAreThoseOfTheFile(string name, int channels, byte[] expected)
    {
        DecodedPicture picture = DecodedPicture.Of(Files[name]);
        Assert.Equal(channels, picture.Channels);
        Assert.Equal(expected, picture.Pixels);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ATruncatedFileIsRefused(string name)
    {
        byte[] file = Files[name];
        int needed = name is "P1" or "P2" or "P3" ? file.Length - 1 : file.Length;
        for (int length = 0; length < needed; length++)
            Assert.NotEqual("", DecodedPicture.Try(file.AsSpan(0, length)).Fault.What);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AChangedFileStaysWithinItsMemory(string name)
    {
        var random = new Random(name.Length);
        int refused = 0;
        for (int trial = 0; trial < 1500; trial++)
        {
            byte[] file = Files[name];
            for (int changes = random.Next(1, 5); changes > 0; changes--)
                file[random.Next(trial % 2 == 0 ? file.Length : Math.Min(60, file.Length))] = (byte)random.Next(256);
            if (DecodedPicture.Try(file).Fault.What != "") refused++;
        }
        Assert.InRange(refused, 100, 1500);
    }

    /// <summary>A PNG file with the checksum that each of its chunks should have.</summary>
    private static byte[] WithChecksums(byte[] file)
    {
        for (int at = 8; at + 12 <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length < 0 || length > file.Length - at - 12) break;
            PngEncoder.Chunk(Encoding.Latin1.GetString(file, at + 4, 4), file.AsSpan(at + 8, length)).CopyTo(file, at);
            at += 12 + length;
        }
        return file;
    }

    /// <summary>Behind the checksums too, where the damage reaches the decompression, the filters and the palette.</summary>
    [Theory]
    [MemberData(nameof(Matrix))]
    public void ADamagedPngFileWithRightChecksumsStaysWithinItsMemory(int color, int depth, bool interlaced, bool transparent)
    {
        byte[] whole = Encoder(color, depth, interlaced, transparent, 5, 13, 11).File();
        Assert.Equal(whole, WithChecksums([.. whole]));
        var random = new Random(color * 16 + depth);
        int refused = 0, atChecksums = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] file = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--) file[random.Next(16, file.Length)] ^= (byte)(1 << random.Next(8));
            FaultRecord fault = DecodedPicture.Try(WithChecksums(file)).Fault;
            if (!fault.IsNone) refused++;
            if (fault.What == "wrong checksum of a PNG chunk") atChecksums++;
        }
        Assert.InRange(refused, 100, 299);
        Assert.InRange(atChecksums, 0, refused / 3);
    }

    [Theory]
    [InlineData("GIF89a", "a GIF picture")]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ", "a WebP picture")]
    [InlineData("II*\0\0\0\0\0", "a TIFF picture")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", "a HEIF picture")]
    [InlineData("%PDF-1.7", "a PDF document")]
    [InlineData("<html></html>", "not a picture")]
    [InlineData("", "not a picture")]
    [InlineData("P5 100000 100000 255 ", "too many pixels")]
    [InlineData("P5 0 1 255 ", "without columns or rows")]
    [InlineData("P5 1 1 65536 ", "maximum out of range")]
    [InlineData("P2 1 1 7 8 ", "exceeds the maximum")]
    public void WhatIsNotReadIsNamed(string file, string what) =>
        Assert.Contains(what, DecodedPicture.Try(Encoding.Latin1.GetBytes(file)).Fault.What);

    [Fact]
    public void ACriticalChunkThatIsNotKnownIsRefused() =>
        Assert.Contains("unknown critical PNG chunk",
            DecodedPicture.Try(new PngEncoder { Extra = PngEncoder.Chunk("ABCD", [1]) }.File()).Fault.What);

    [Fact]
    public void AWrongChecksumIsRefused()
    {
        byte[] file = new PngEncoder().File();
        file[^5] ^= 1;
        Assert.NotEqual("", DecodedPicture.Try(file).Fault.What);
        file = new PngEncoder().File();
        file[29] ^= 1;
        Assert.Contains("wrong checksum", DecodedPicture.Try(file).Fault.What);
    }

    [Fact]
    public void ATurnedJPEGPictureStandsUpright()
    {
        byte[] file = JpegCorpus.Bytes((string)JpegCorpus.Lines.First(line => (int)line[4] == 6)[0]);
        JpegPicture stored = JpegPicture.Of(file);
        DecodedPicture upright = DecodedPicture.Of(file);
        Assert.Equal((stored.Height, stored.Width), (upright.Width, upright.Height));
        // Orientation 6: the stored first column, from below, is the first row.
        Assert.Equal(stored.Pixels[((stored.Height - 1) * stored.Width * stored.Channels)..][..stored.Channels],
            upright.Pixels[..stored.Channels]);
    }
}
