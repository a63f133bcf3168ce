using System.Text;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>Files of the tests' own encoder, right and wrong ones.</summary>
public sealed class JpegFileTests
{
    private static void IsNear(JpegWriter writer)
    {
        JpegPicture picture = JpegPicture.Of(writer.File());
        Assert.Equal((writer.Width, writer.Height, writer.Components), (picture.Width, picture.Height, picture.Channels));
        if (writer.Components != 1) return;
        for (int y = 0; y < writer.Height; y++)
            for (int x = 0; x < writer.Width; x++)
                Assert.InRange(picture.Pixels[y * writer.Width + x] - writer.Sample(0, x, y), -2, 2);
    }

    [Theory]
    [InlineData(1, 1, 8, 0)]
    [InlineData(16, 16, 8, 0)]
    [InlineData(17, 9, 9, 0)]
    [InlineData(33, 40, 10, 1)]
    [InlineData(33, 40, 13, 2)]
    [InlineData(100, 70, 16, 7)]
    public void AGrayPictureComesBack(int width, int height, int codeLength, int restart) =>
        IsNear(new JpegWriter { Width = width, Height = height, CodeLength = codeLength, Restart = restart });

    [Fact]
    public void NoiseComesBack()
    {
        int[] noise = [.. new Random(5).GetItems(Enumerable.Range(0, 256).ToArray(), 64 * 64)];
        IsNear(new JpegWriter { Width = 64, Height = 64, CodeLength = 11, Sample = (_, x, y) => noise[y * 64 + x] });
    }

    [Fact]
    public void ComponentsNamedRGBAreNotConverted()
    {
        var writer = new JpegWriter { Components = 3 };
        byte[] frame = writer.RightFrame, scan = writer.RightScan;
        for (int i = 0; i < 3; i++) frame[6 + 3 * i] = scan[1 + 2 * i] = (byte)"RGB"[i];
        byte[] pixels = JpegPicture.Of(new JpegWriter { Components = 3, Frame = frame, Scan = scan }.File()).Pixels;
        for (int i = 0; i < pixels.Length; i++)
            Assert.InRange(pixels[i] - writer.Sample(i % 3, i / 3 % 16, i / 48), -2, 2);
    }

    [Fact]
    public void ExtendedSequentialFramesAndQuantizationTablesOf16BitsAreRead()
    {
        byte[] steps = [0x10, .. Enumerable.Repeat(new byte[] { 0, 1 }, 64).SelectMany(step => step)];
        Assert.Equal(JpegPicture.Of(new JpegWriter().File()).Pixels,
            JpegPicture.Of(new JpegWriter { FrameMarker = 0xC1, Quantization = steps }.File()).Pixels);
    }

    [Fact]
    public void FillBytesAndWhatIsNoMarkerAreSkipped()
    {
        byte[] plain = new JpegWriter().File();
        byte[] filled = new JpegWriter { Before = [0xFF, 0xFF, 0xFF, 0xFE, 0, 3, 7, 1, 2, 3, 0xFF, 0, 9] }.File();
        Assert.Equal(JpegPicture.Of(plain).Pixels, JpegPicture.Of(filled).Pixels);
    }

    [Fact]
    public void BytesAfterThePictureDoNotMatter() =>
        Assert.Equal(JpegPicture.Of(new JpegWriter().File()).Pixels,
            JpegPicture.Of(new JpegWriter { After = [0xFF, 0xD9, 1, 2, 3] }.File()).Pixels);

    private static JpegWriter Wrong(string name)
    {
        var right = new JpegWriter();
        byte[] frame = right.RightFrame, scan = right.RightScan;
        byte[] three = new JpegWriter { Components = 3 }.RightFrame;
        return name switch
        {
            "12 bits" => new() { FrameMarker = 0xC1, Frame = [12, .. frame[1..]] },
            "9 bits" => new() { Frame = [9, .. frame[1..]] },
            "lossless" => new() { FrameMarker = 0xC3 },
            "hierarchical" => new() { FrameMarker = 0xC5 },
            "arithmetic" => new() { FrameMarker = 0xC9 },
            "progressive arithmetic" => new() { FrameMarker = 0xCA },
            "DAC" => new() { Before = [0xFF, 0xCC, 0, 4, 0, 0] },
            "no lines" => new() { Frame = [8, 0, 0, .. frame[3..]] },
            "no columns" => new() { Frame = [8, 0, 16, 0, 0, .. frame[5..]] },
            "DNL" => new() { Before = [0xFF, 0xDC, 0, 4, 0, 16] },
            "two components" => new() { Frame = [.. frame[..5], 2, 1, 0x11, 0, 2, 0x11, 0] },
            "short frame" => new() { Frame = frame[..5] },
            "long frame" => new() { Frame = [.. frame, 0] },
            "sampling 0" => new() { Frame = [.. frame[..7], 0x01, 0] },
            "sampling 5" => new() { Frame = [.. frame[..7], 0x15, 0] },
            "sampling 2 and 3" => new() { Frame = [.. three[..7], 0x21, .. three[8..10], 0x31, .. three[11..]] },
            "same id" => new() { Frame = [.. three[..9], 1, .. three[10..]] },
            "quantization 4" => new() { Frame = [.. frame[..8], 4] },
            "quantization undefined" => new() { Frame = [.. frame[..8], 1] },
            "quantization step 0" => new() { Quantization = new byte[65] },
            "quantization short" => new() { Quantization = new byte[64] },
            "quantization precision" => new() { Quantization = [0x20, .. new byte[64]] },
            "Huffman oversubscribed" => new() { Huffman = [.. JpegWriter.Table(0, 1, [0, 1, 2])] },
            "Huffman all ones" => new() { Huffman = [.. JpegWriter.Table(0, 1, [0, 1])] },
            "Huffman number" => new() { Huffman = [.. JpegWriter.Table(4, 4, [0, 1])] },
            "Huffman short" => new() { Huffman = JpegWriter.Table(0, 4, [0, 1])[..^1] },
            "Huffman many" => new() { Huffman = [0, .. Enumerable.Repeat((byte)200, 16), .. new byte[3200]] },
            "Huffman DC 16" => new() { Huffman = JpegWriter.Table(0, 4, [16]) },
            "Huffman undefined" => new() { Huffman = JpegWriter.Table(0, 4, Enumerable.Range(0, 12)) },
            "scan of none" => new() { Scan = [0, 0, 63, 0] },
            "scan of two" => new() { Scan = [2, 1, 0, 1, 0, 0, 63, 0] },
            "scan of unknown" => new() { Scan = [1, 9, 0, 0, 63, 0] },
            "scan table" => new() { Scan = [1, 1, 0x40, 0, 63, 0] },
            "scan short" => new() { Scan = scan[..^1] },
            "scan first" => new() { Before = [0xFF, 0xDA, 0, 8, .. scan] },
            "same twice" => new() { Components = 3, Scan = [3, 1, 0, 1, 0, 2, 0, 0, 63, 0] },
            "many blocks" => new() { Components = 3, Frame = [.. three[..7], 0x33, .. three[8..10], 0x11, .. three[11..]] },
            "two frames" => new() { Before = [0xFF, 0xC0, 0, (byte)(frame.Length + 2), .. frame] },
            "second start" => new() { Before = [0xFF, 0xD8] },
            "segment length" => new() { Before = [0xFF, 0xFE, 0, 1] },
            "restart length" => new() { Before = [0xFF, 0xDD, 0, 3, 0] },
            "restart missing" => new() { Before = [0xFF, 0xDD, 0, 4, 0, 1] },
            "end at once" => new() { Before = [0xFF, 0xD9] },
            "huge" => new() { Frame = [8, 0x40, 0, 0x20, 0, .. frame[5..]] },
            "too many pixels" => new() { Frame = [8, 0xFF, 0xFF, 0xFF, 0xFF, .. frame[5..]] },
            "bad progressive" => new() { FrameMarker = 0xC2 },
            "progressive refinement first" => new() { FrameMarker = 0xC2, Scan = [1, 1, 0, 0, 0, 0x10] },
            "progressive AC first" => new() { FrameMarker = 0xC2, Scan = [1, 1, 0, 1, 5, 0] },
            "progressive low" => new() { FrameMarker = 0xC2, Scan = [1, 1, 0, 0, 0, 0x0E] },
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    [Theory]
    [InlineData("12 bits", "12-bit")]
    [InlineData("9 bits", "number of bits")]
    [InlineData("lossless", "lossless")]
    [InlineData("hierarchical", "hierarchical")]
    [InlineData("arithmetic", "arithmetic coding")]
    [InlineData("progressive arithmetic", "arithmetic coding")]
    [InlineData("DAC", "arithmetic coding")]
    [InlineData("no lines", "DNL")]
    [InlineData("no columns", "width 0")]
    [InlineData("DNL", "DNL")]
    [InlineData("two components", "1, 3 or 4")]
    [InlineData("short frame", "length")]
    [InlineData("long frame", "length")]
    [InlineData("sampling 0", "sampling factor")]
    [InlineData("sampling 5", "sampling factor")]
    [InlineData("sampling 2 and 3", "sampling factors")]
    [InlineData("same id", "same identifier")]
    [InlineData("quantization 4", "quantization table")]
    [InlineData("quantization undefined", "quantization table")]
    [InlineData("quantization step 0", "step of 0")]
    [InlineData("quantization short", "length")]
    [InlineData("quantization precision", "precision")]
    [InlineData("Huffman oversubscribed", "lengths allow")]
    [InlineData("Huffman all ones", "lengths allow")]
    [InlineData("Huffman number", "table index")]
    [InlineData("Huffman short", "length")]
    [InlineData("Huffman many", "256")]
    [InlineData("Huffman DC 16", "15 bits")]
    [InlineData("Huffman undefined", "undefined Huffman table")]
    [InlineData("scan of none", "number of components")]
    [InlineData("scan of two", "number of components")]
    [InlineData("scan of unknown", "does not have")]
    [InlineData("scan table", "table index")]
    [InlineData("scan short", "length")]
    [InlineData("scan first", "before the frame")]
    [InlineData("same twice", "same component")]
    [InlineData("many blocks", "10 blocks")]
    [InlineData("two frames", "second JPEG frame")]
    [InlineData("second start", "second start")]
    [InlineData("segment length", "own length")]
    [InlineData("restart length", "length")]
    [InlineData("restart missing", "restart marker")]
    [InlineData("end at once", "contains no picture")]
    [InlineData("huge", "too early")]
    [InlineData("too many pixels", "pixels")]
    [InlineData("bad progressive", "progressive scan")]
    [InlineData("progressive refinement first", "progressive scan")]
    [InlineData("progressive AC first", "progressive scan")]
    [InlineData("progressive low", "progressive scan")]
    public void WhatIsWrongIsRefusedWithASentence(string name, string what)
    {
        FaultRecord fault = JpegPicture.Try(Wrong(name).File()).Fault;
        Assert.Contains(what, fault.What);
        Assert.True(fault.Offset >= 0);
    }

    [Fact]
    public void AFileThatIsNoJPEGIsRefused() =>
        Assert.Contains("not a JPEG", JpegPicture.Try(Encoding.ASCII.GetBytes("<html></html>")).Fault.What);

    /// <summary>Small in the file, long to decode: each bit of each coefficient in a scan of its own.</summary>
    [Fact]
    public void ScansWithoutEndAreRefused()
    {
        const int Width = 2048, Height = 1408, Blocks = Width / 8 * Height / 8;
        // One code, of one bit: 0 is "no difference" for DC; for AC it ends a run of 2^14 blocks, whose low bits follow.
        var file = new List<byte>([0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)]);
        byte[] frame = new JpegWriter { Width = Width, Height = Height }.RightFrame;
        file.AddRange([0xFF, 0xC2, 0, (byte)(frame.Length + 2), .. frame]);
        byte[] tables = [.. JpegWriter.Table(0, 1, [0]), .. JpegWriter.Table(0x10, 1, [0xE0])];
        file.AddRange([0xFF, 0xC4, 0, (byte)(tables.Length + 2), .. tables]);
        file.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, .. new byte[Blocks / 8]]);
        for (int k = 1; k < 64; k++)
        {
            for (int low = 13; low >= 0; low--)
            {
                int high = low == 13 ? 0 : low + 1;
                // Runs of 2^14 blocks: 3 of 15 bits are enough.
                file.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, (byte)k, (byte)k, (byte)(high << 4 | low), .. new byte[6]]);
            }
        }
        file.AddRange([0xFF, 0xD9]);
        Assert.Contains("too many scans", JpegPicture.Try(file.ToArray()).Fault.What);
    }
}
