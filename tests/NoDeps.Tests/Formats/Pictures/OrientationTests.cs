using System.Buffers.Binary;
using NoDeps.Formats;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>The orientation in EXIF data, and what it does to a picture.</summary>
public sealed unsafe class OrientationTests
{
    private static byte[] Exif(bool bigEndian, int orientation, int tag = 0x112, int type = 3, int count = 1, int entriesBefore = 0)
    {
        var bytes = new List<byte>("Exif\0\0"u8.ToArray());
        bytes.AddRange(bigEndian ? "MM"u8 : "II"u8);
        Add(42, 2);
        Add(8, 4);
        Add(entriesBefore + 1, 2);
        for (int i = 0; i < entriesBefore; i++) Entry(0x100 + i, 4, 1, 6);
        Entry(tag, type, count, orientation);
        return [.. bytes];

        void Entry(int tag, int type, int count, int value)
        {
            Add(tag, 2);
            Add(type, 2);
            Add(count, 4);
            Add(value, 2);
            Add(0, 2);
        }

        void Add(int value, int size)
        {
            byte[] number = new byte[4];
            if (bigEndian) BinaryPrimitives.WriteInt32BigEndian(number, value);
            else BinaryPrimitives.WriteInt32LittleEndian(number, value);
            bytes.AddRange(bigEndian ? number[^size..] : number[..size]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ItIsReadInBothByteOrders(bool bigEndian)
    {
        for (int orientation = 1; orientation <= 8; orientation++)
            for (int before = 0; before < 4; before++)
                Assert.Equal(orientation, JpegExif.Orientation(Exif(bigEndian, orientation, entriesBefore: before)));
    }

    [Fact]
    public void WhatMakesNoSenseIsIgnored()
    {
        Assert.Equal(0, JpegExif.Orientation(Exif(false, 0)));
        Assert.Equal(0, JpegExif.Orientation(Exif(true, 9)));
        Assert.Equal(0, JpegExif.Orientation(Exif(true, 6, tag: 0x113)));
        Assert.Equal(0, JpegExif.Orientation(Exif(true, 6, type: 4)));
        Assert.Equal(0, JpegExif.Orientation(Exif(false, 6, count: 2)));
        Assert.Equal(0, JpegExif.Orientation("http://ns.adobe.com/xap/1.0/\0<x/>"u8));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DamagedDataAreIgnoredWithinTheirBounds(bool bigEndian)
    {
        byte[] right = Exif(bigEndian, 6, entriesBefore: 2);
        for (int length = 0; length < right.Length - 3; length++)
        {
            using var memory = new GuardedBuffer(right.AsSpan(0, length));
            Assert.Equal(0, JpegExif.Orientation(memory.Bytes));
        }
        var random = new Random(2);
        for (int trial = 0; trial < 5000; trial++)
        {
            byte[] changed = [.. right];
            for (int i = 0; i < 3; i++) changed[random.Next(6, changed.Length)] = (byte)(random.Next(2) == 0 ? 255 : random.Next(256));
            using var memory = new GuardedBuffer(changed);
            Assert.InRange(JpegExif.Orientation(memory.Bytes), 0, 8);
        }
    }

    /// <summary>
    /// 1 2 3   as it is shown for each orientation; the words are EXIF's: where the first row and the first column are.
    /// 4 5 6
    /// </summary>
    [Theory]
    [InlineData(1, "123456")] // top, left
    [InlineData(2, "321654")] // top, right
    [InlineData(3, "654321")] // bottom, right
    [InlineData(4, "456123")] // bottom, left
    [InlineData(5, "142536")] // left, top
    [InlineData(6, "415263")] // right, top
    [InlineData(7, "635241")] // right, bottom
    [InlineData(8, "362514")] // left, bottom
    [InlineData(0, "123456")]
    [InlineData(9, "123456")]
    public void EachTurnsThePictureUpright(int orientation, string expected)
    {
        foreach (int channels in new[] { 1, 2, 3, 4 })
        {
            using var from = new GuardedBuffer([.. "123456"u8.ToArray().SelectMany(pixel => Pixel(pixel, channels))]);
            using var to = new GuardedBuffer(6 * channels);
            PictureOrientation.Apply(from.Start, 3, 2, channels, orientation, to.Start);
            Assert.Equal(expected.SelectMany(pixel => Pixel((byte)pixel, channels)), to.Bytes.ToArray());
            Assert.True(to.IsIntact);
        }
        Assert.Equal(expected[1] != '2' && expected[1] != '5', PictureOrientation.SwapsSides(orientation));
    }

    private static IEnumerable<byte> Pixel(byte value, int channels) => Enumerable.Range(0, channels).Select(c => (byte)(value + 60 * c));
}
