using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using NoDeps.Formats;
using NoDeps.Primitives;
using NoDeps.Tests.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>Labels and pixels as text.</summary>
public sealed unsafe class CsvTests
{
    private sealed record Parsed(FaultRecord Fault, byte[] Labels, byte[] Pixels, PixelScale Scale, CsvShape Shape, bool IsLine);

    private static Parsed Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads from memory that ends with the text into memory that ends with the pixels.</summary>
    private static Parsed Parse(byte[] text)
    {
        using var memory = new GuardedMemory();
        byte* start = memory.End - text.Length;
        text.CopyTo(new Span<byte>(start, text.Length));
        Fault fault = Csv.Measure(start, text.Length, out CsvShape shape);
        PixelScale scale = PixelScale.None;
        if (!fault.IsNone) return new(FaultRecord.Of(fault), [], [], scale, shape, fault.IsLine);
        Assert.InRange(shape.Rows * shape.Columns, 1, text.Length);
        byte[] labels = new byte[shape.Rows], pixels = new byte[shape.PixelBytes];
        using var room = new GuardedMemory();
        fault = CsvPixels.Parse(start, shape, room.End - pixels.Length - labels.Length, room.End - pixels.Length, out scale);
        new Span<byte>(room.End - pixels.Length, pixels.Length).CopyTo(pixels);
        new Span<byte>(room.End - pixels.Length - labels.Length, labels.Length).CopyTo(labels);
        return new(FaultRecord.Of(fault), labels, pixels, scale, shape, fault.IsLine);
    }

    [Property(MaxTest = 500)]
    public void WhatIsWrittenIsRead(byte rows, byte sides, byte style, int seed, bool header, bool color)
    {
        var random = new Random(seed);
        int count = 1 + rows % 4, side = 1 + sides % 6, columns = 1 + side * side * (color ? 3 : 1);
        char separator = ",;\t"[style % 3];
        string end = (style & 4) != 0 ? "\r\n" : "\n", quote = (style & 8) != 0 ? "\"" : "";
        byte[][] numbers = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, columns)
            .Select(_ => (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(12))).ToArray())];
        string text = (style & 16) != 0 ? "\uFEFF" : "";
        if (header) text += string.Join(separator, Enumerable.Range(0, columns).Select(i => i == 0 ? "label" : $"pixel{i - 1}")) + end;
        text += string.Join(end, numbers.Select(r => string.Join(separator, r.Select(n => $"{quote}{n}{quote}"))));
        text += (style >> 5) switch { 0 => "", 1 => end, 2 => end + end, 3 => end + " " + end, _ => end };
        if (text.Length > 4096) return;
        Parsed parsed = Parse(text);
        Assert.True(parsed.Fault.IsNone, parsed.Fault.ToString());
        Assert.Equal((header, columns, count, side, color && side > 0 ? 3 : 1), (parsed.Shape.HasHeader, parsed.Shape.Columns,
            (int)parsed.Shape.Rows, parsed.Shape.Side, parsed.Shape.Channels));
        Assert.Equal(PixelScale.AsIs, parsed.Scale);
        Assert.Equal(numbers.Select(r => r[0]), parsed.Labels);
        Assert.Equal(numbers.SelectMany(r => r[1..]), parsed.Pixels);
        Assert.True(Csv.IsLikely(Encoding.UTF8.GetBytes(text)));
    }

    [Property(MaxTest = 300)]
    public void DecimalsAreScaled(byte[] numbers, bool exponents)
    {
        byte[] four = [.. numbers.Append((byte)1).Append((byte)0).Append((byte)255).Append((byte)77).Take(4)];
        string format = exponents ? "E9" : "0.0######";
        string text = "3," + string.Join(',', four.Select(n => (n / 255.0).ToString(format, CultureInfo.InvariantCulture)));
        Parsed parsed = Parse(text + "\n1.0,0,1,1.0,0\n");
        Assert.True(parsed.Fault.IsNone, parsed.Fault.ToString());
        Assert.Equal(PixelScale.Times255, parsed.Scale);
        Assert.Equal([3, 1], parsed.Labels);
        Assert.Equal([.. four, 0, 255, 255, 0], parsed.Pixels);
    }

    [Fact]
    public void WholeNumbersMayHaveAPoint()
    {
        Parsed parsed = Parse("1.0,0.0,255.0,7.0,1.0\n");
        Assert.Equal((PixelScale.AsIs, true), (parsed.Scale, parsed.Fault.IsNone));
        Assert.Equal([0, 255, 7, 1], parsed.Pixels);
        Assert.Equal(PixelScale.Times255, Parse("1.0,0.0,1.0,0.0,1.0\n").Scale);
        Assert.Equal(PixelScale.AsIs, Parse("1,0,1,0,1\n").Scale);
    }

    [Theory]
    [InlineData("1,2,3,4,5\n1,2,3,4,x\n", 2, "column 5: not a pixel", "x")]
    [InlineData("1,2,3,4,5\n1,2,300,4,5\n", 2, "column 3: not a pixel", "300")]
    [InlineData("label,a,b,c,d\n1,2,-3,4,5\n", 2, "column 3: not a pixel", "-3")]
    [InlineData("1,2,3,4,5\n1,2,,,,,,4,5\n", 2, "expected 5 columns, found 9", "")]
    [InlineData("1,2,3,4,5\n12,,3,44,5\n", 2, "column 2: not a pixel", "")]
    [InlineData("1,2,3,4,5\n1,2,3,4\n", 2, "expected 5 columns, found 4", "")]
    [InlineData("1,2,3,4,5\n1,2,3,4,5,6\n", 2, "expected 5 columns, found 6", "")]
    [InlineData("1,2,3,4,5\n\n1,2,3,4,5\n", 2, "an empty line", "")]
    [InlineData("1,2,3,4,5\n1,,3,4,5\n", 2, "an empty field", "")]
    [InlineData("1,2,3,4,5\n1,0.5,3,4,5\n", 2, "column 2: not a pixel", "0.5")]
    [InlineData("1,0.5,1,0,0.25\n1,0,1,2,0\n", 2, "column 4: out of range for decimal pixels", "2")]
    [InlineData("256,2,3,4,5\n", 1, "column 1: not a label", "256")]
    [InlineData("label,a,b,c,d\ncat,1,2,3,4\n", 2, "column 1: not a label", "cat")]
    [InlineData("1,2,3,4,5,6,7\n", 1, "7 columns cannot be a label and the pixels of a square image", "")]
    [InlineData("label,a,b\n1,2,3,4,5\n", 2, "expected 3 columns, found 5", "")]
    [InlineData("a,b,c,d,class\n1,2,3,4,5\n", 1, "the labels are in the last column", "")]
    [InlineData("label,a,b,c,d\n", 1, "a header without data", "")]
    [InlineData("hello\n", 1, "no fields separated by commas, semicolons or tabs", "")]
    public void WhatIsWrongIsSaid(string text, int line, string what, string quote)
    {
        Parsed parsed = Parse(text);
        Assert.Equal((what, quote, line), (parsed.Fault.What, parsed.Fault.Quote, parsed.Fault.Offset));
        Assert.True(parsed.IsLine);
    }

    [Fact]
    public void EmptyFiles()
    {
        Assert.Equal("the file is empty", Parse("").Fault.What);
        Assert.Equal("the file is empty", Parse("\uFEFF\r\n\n").Fault.What);
    }

    [Fact]
    public void TruncationsAndMutations()
    {
        byte[] text = Encoding.UTF8.GetBytes("\uFEFFlabel;p0;p1;p2;p3\r\n7;\"12\";0;255;4\r\n1;2;0.5;4;255\r\n9;1;0;1;0\n");
        for (int length = 0; length <= text.Length; length++) Parse(text[..length]);
        GuardedFile.Reader reader = (f, n) =>
        {
            Parse(new ReadOnlySpan<byte>(f, (int)n).ToArray());
            return Fault.None;
        };
        GuardedFile.MutationsAreSurvived(text, 4, 5000, reader);
        GuardedFile.MutationsAreSurvived("3,0.5,1,0,0\n4,0,0.125,1,1"u8.ToArray(), 5, 5000, reader);
    }

    [Fact]
    public void OtherFilesAreNotLikely()
    {
        Assert.False(Csv.IsLikely("<!DOCTYPE html>, \n"u8));
        Assert.False(Csv.IsLikely("version https://git-lfs.github.com/spec/v1\n"u8));
        Assert.False(Csv.IsLikely([0, 0, 8, 3, 0, 0, 0, 1]));
        Assert.False(Csv.IsLikely("one word\n1,2\n"u8));
    }
}
