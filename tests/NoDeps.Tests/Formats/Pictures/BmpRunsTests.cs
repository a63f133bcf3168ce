using System.Diagnostics;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>Run-length codes of BMP files at the ends of rows: encoders such as ImageMagick compress a row with its padding.</summary>
public sealed class BmpRunsTests : IDisposable
{
    private const int Rle8 = 1, Height = 2;
    private static readonly uint[] Palette = [0x102030, 0xFF8000, 0x00FF7F];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeps-bmp");

    public void Dispose() => _folder.Delete(true);

    /// <summary>Bits of a pixel, width, and whether the pixels are literal.</summary>
    public static TheoryData<int, int, bool> Rows
    {
        get
        {
            TheoryData<int, int, bool> rows = [];
            foreach (int bits in (int[])[8, 4])
                foreach (int width in (int[])[1, 3, 4, 5, 7, 8, 9, 30, 33])
                    foreach (bool isLiteral in (bool[])[false, true]) rows.Add(bits, width, isLiteral);
            return rows;
        }
    }

    private static int PaddedWidth(int bits, int width) => (width * bits + 31) / 32 * 32 / bits;

    /// <summary>Two rows: the lower is complete, the upper is one run or one literal of so many pixels of color 1.</summary>
    private static byte[] File(int bits, int width, int count, bool isLiteral, byte beyond)
    {
        byte pixel = bits == 8 ? (byte)1 : (byte)0x11;
        List<byte> data = [(byte)width, bits == 8 ? (byte)2 : (byte)0x22, 0, 0];
        if (!isLiteral)
        {
            data.AddRange([(byte)count, pixel]);
        }
        else if (count < 3)
        {
            for (int i = 0; i < count; i++) data.AddRange([1, i < width ? pixel : beyond]);
        }
        else
        {
            data.AddRange([0, (byte)count]);
            int bytes = (count * bits + 7) / 8;
            for (int i = 0; i < (bytes + 1) / 2 * 2; i++) data.Add(i * 8 / bits < width ? pixel : beyond);
        }
        data.AddRange([0, 1]);
        return BmpFileTests.Header(width, Height, bits, bits == 8 ? Rle8 : 2, Palette, [], data, colors: Palette.Length);
    }

    private static byte[] Expected(int width) =>
        [.. Enumerable.Repeat((byte[])[0xFF, 0x80, 0], width).Concat(Enumerable.Repeat((byte[])[0, 0xFF, 0x7F], width)).SelectMany(c => c)];

    [Theory, MemberData(nameof(Rows))]
    public void PixelsInTheRowsPaddingAreDropped(int bits, int width, bool isLiteral)
    {
        // Colors that the palette does not have: what is dropped needs none.
        for (int count = width; count <= PaddedWidth(bits, width); count++)
            Assert.Equal(Expected(width), DecodedPicture.Of(File(bits, width, count, isLiteral, beyond: 0xEE)).Pixels);
    }

    [Theory, MemberData(nameof(Rows))]
    public void PixelsBeyondTheRowsPaddingAreRefused(int bits, int width, bool isLiteral)
    {
        int padded = PaddedWidth(bits, width);
        byte[] file = File(bits, width, padded + 1, isLiteral, beyond: 0);
        FaultRecord fault = DecodedPicture.Try(file).Fault;
        Assert.Equal("a BMP run is longer than the rest of its row", fault.What);
        Assert.Equal((padded, padded + 1), (fault.Expected, fault.Found));
        Assert.Equal(file.Length - (isLiteral ? 4 + ((padded + 1) * bits + 15) / 16 * 2 : 4), fault.Offset);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    public void RunsAboveTheTopRowAreRefused(int bits)
    {
        byte[] rows = [0, 0, 0, 0, 1, 0, 0, 1];
        byte[] file = BmpFileTests.Header(5, Height, bits, bits == 8 ? Rle8 : 2, Palette, [], [.. rows], colors: Palette.Length);
        Assert.Equal("a BMP run is above the picture's top row", DecodedPicture.Try(file).Fault.What);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    public void SkippingBeyondTheRowIsNoWayOut(int bits)
    {
        // Three skips of 255 columns, then a pixel.
        byte[] runs = [0, 2, 255, 0, 0, 2, 255, 0, 0, 2, 255, 0, 1, 0, 0, 1];
        byte[] file = BmpFileTests.Header(5, Height, bits, bits == 8 ? Rle8 : 2, Palette, [], [.. runs], colors: Palette.Length);
        FaultRecord fault = DecodedPicture.Try(file).Fault;
        Assert.Equal("a BMP run is longer than the rest of its row", fault.What);
        Assert.Equal((0, 1), (fault.Expected, fault.Found));
    }

    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 40)];

    [ImageMagickTheory, MemberData(nameof(Widths))]
    public void RunsOfImageMagickGiveItsUncompressedPixels(int width)
    {
        string packed = Path.Combine(_folder.FullName, "packed.bmp"), plain = Path.Combine(_folder.FullName, "plain.bmp");
        ProcessStartInfo start = new("convert", ["-seed", $"{width}", "-size", $"{width}x7", "plasma:red-blue", "+dither",
            "-colors", "6", "-type", "Palette", "-compress", "RLE", "-write", $"bmp3:{packed}", "-compress", "None", $"bmp3:{plain}"]);
        // One thread is faster for pictures as small as these.
        start.Environment["MAGICK_THREAD_LIMIT"] = "1";
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        byte[] runs = System.IO.File.ReadAllBytes(packed);
        Assert.Equal(Rle8, runs[30]);
        Assert.Equal(DecodedPicture.Of(System.IO.File.ReadAllBytes(plain)).Pixels, DecodedPicture.Of(runs).Pixels);
    }
}
