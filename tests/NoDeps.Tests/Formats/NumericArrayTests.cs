using System.Buffers.Binary;
using FsCheck.Xunit;
using NoDeps.Formats;
using NoDeps.Primitives;
using NoDeps.Tests.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>Numbers of every type and shape as pixels and labels, by way of IDX files.</summary>
public sealed unsafe class NumericArrayTests
{
    private delegate void Use(in NumericArray array);

    private static readonly IdxType[] Types = Enum.GetValues<IdxType>();

    private static void With(IdxType type, int[] dimensions, double[] values, Use use)
    {
        byte[] file = new byte[IdxWriter.LengthOf(type, dimensions)];
        int size = Idx.SizeOf(type);
        byte[] elements = new byte[values.Length * size + 1];
        for (int i = 0; i < values.Length; i++) Put(type, elements.AsSpan(i * size), values[i]);
        fixed (byte* f = file, e = elements)
        {
            Assert.Equal(file.Length, IdxWriter.Write(f, file.Length, type, dimensions, e));
            Assert.True(Idx.Open(f, file.Length, out IdxView view).IsNone);
            use(NumericArray.Of(view));
        }
    }

    private static void Put(IdxType type, Span<byte> to, double value)
    {
        switch (type)
        {
            case IdxType.UInt8: to[0] = (byte)value; break;
            case IdxType.Int8: to[0] = (byte)(sbyte)value; break;
            case IdxType.Int16: BinaryPrimitives.WriteInt16LittleEndian(to, (short)value); break;
            case IdxType.Int32: BinaryPrimitives.WriteInt32LittleEndian(to, (int)value); break;
            case IdxType.Float32: BinaryPrimitives.WriteSingleLittleEndian(to, (float)value); break;
            default: BinaryPrimitives.WriteDoubleLittleEndian(to, value); break;
        }
    }

    private static FaultRecord Pixels(in NumericArray array, out PixelScale scale, out ImageLayout layout, out byte[] pixels)
    {
        pixels = [];
        scale = PixelScale.None;
        Fault fault = ImageLayout.Recognize(array, out layout);
        if (fault.IsNone) fault = NumericPixels.Scan(array, out scale);
        if (!fault.IsNone) return FaultRecord.Of(fault);
        pixels = new byte[NumericPixels.SizeOf(layout, layout.Images)];
        using var memory = new GuardedMemory();
        Assert.InRange(pixels.Length, 0, memory.Size);
        byte* to = memory.End - pixels.Length;
        fault = NumericPixels.Convert(array, layout, scale, 0, layout.Images, to);
        new Span<byte>(to, pixels.Length).CopyTo(pixels);
        return FaultRecord.Of(fault);
    }

    private static FaultRecord Labels(in NumericArray array, out LabelForm form, out byte[] labels)
    {
        labels = [];
        Fault fault = NumericLabels.Recognize(array, out form);
        if (!fault.IsNone) return FaultRecord.Of(fault);
        labels = new byte[array.Dimension(0)];
        fixed (byte* to = labels) return FaultRecord.Of(NumericLabels.Convert(array, form, to));
    }

    [Property(MaxTest = 500)]
    public void WholeNumbersOfEveryTypeAreTakenAsTheyAre(
        byte type, byte images, byte channels, byte height, byte width, bool last, int seed)
    {
        IdxType t = Types[type % Types.Length];
        int n = 1 + images % 3, c = (int[])[1, 3, 4] is var all ? all[channels % 3] : 0, h = 5 + height % 8, w = 5 + width % 8;
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, n * c * h * w).Select(_ => (double)random.Next(t == IdxType.Int8 ? 128 : 256))];
        values[0] = 2;
        With(t, last ? [n, h, w, c] : [n, c, h, w], values, (in array) =>
        {
            Assert.True(Pixels(array, out PixelScale scale, out ImageLayout layout, out byte[] pixels).IsNone);
            Assert.Equal(PixelScale.AsIs, scale);
            Assert.Equal((n, c, h, w), (layout.Images, layout.Channels, layout.Height, layout.Width));
            for (int i = 0; i < pixels.Length; i++)
            {
                int x = i % w, y = i / w % h, channel = i / (w * h) % c, image = i / (w * h * c);
                int from = last ? ((image * h + y) * w + x) * c + channel : i;
                Assert.Equal(values[from], pixels[i]);
            }
        });
    }

    [Theory]
    [InlineData(IdxType.Float32)]
    [InlineData(IdxType.Float64)]
    public void NumbersUpToOneAreScaled(IdxType type)
    {
        double[] values = [.. Enumerable.Range(0, 256).Select(i => i / 255.0)];
        With(type, [1, 16, 16], values, (in array) =>
        {
            Assert.True(Pixels(array, out PixelScale scale, out _, out byte[] pixels).IsNone);
            Assert.Equal(PixelScale.Times255, scale);
            Assert.Equal(Enumerable.Range(0, 256).Select(i => (byte)i), pixels);
        });
    }

    [Theory]
    [InlineData(IdxType.Int16, -1.0, 7, "element 7 is not a pixel", "-1")]
    [InlineData(IdxType.Int32, 256.0, 2000, "element 2000 is not a pixel", "256")]
    [InlineData(IdxType.Int8, -128.0, 0, "element 0 is not a pixel", "-128")]
    [InlineData(IdxType.Float32, 2.5, 1999, "element 1999 is not a pixel", "2.5")]
    [InlineData(IdxType.Float64, double.NaN, 1024, "element 1024 is not a pixel", "nan")]
    public void WhatIsNoPixelIsNamed(IdxType type, double value, int index, string what, string quote)
    {
        double[] values = new double[2025];
        values[index] = value;
        With(type, [1, 45, 45], values, (in array) =>
        {
            FaultRecord fault = Pixels(array, out _, out _, out _);
            Assert.Equal((what, quote, 16 + index * Idx.SizeOf(type)), (fault.What, fault.Quote.ToLowerInvariant(), fault.Offset));
        });
    }

    [Theory]
    [InlineData(new[] { 2, 784 }, 1, 28, 28)]
    [InlineData(new[] { 1, 3072 }, 3, 32, 32)]
    [InlineData(new[] { 2, 28, 27 }, 1, 28, 27)]
    [InlineData(new[] { 2, 1, 28, 28 }, 1, 28, 28)]
    [InlineData(new[] { 2, 28, 28, 1 }, 1, 28, 28)]
    [InlineData(new[] { 1, 3, 9, 8 }, 3, 9, 8)]
    [InlineData(new[] { 1, 9, 8, 4 }, 4, 9, 8)]
    public void ShapesOfImages(int[] dimensions, int channels, int height, int width) =>
        With(IdxType.UInt8, dimensions, new double[dimensions.Aggregate((a, b) => a * b)], (in array) =>
        {
            Assert.True(ImageLayout.Recognize(array, out ImageLayout layout).IsNone);
            Assert.Equal((dimensions[0], channels, height, width), (layout.Images, layout.Channels, layout.Height, layout.Width));
        });

    [Theory]
    [InlineData(new[] { 5 }, "labels where images are expected: wrong number of dimensions")]
    [InlineData(new[] { 1, 2, 3, 4, 5 }, "wrong number of dimensions for images")]
    [InlineData(new[] { 2, 783 }, "the rows of the array are not square images")]
    [InlineData(new[] { 2, 5, 5, 5 }, "neither the second nor the last dimension is 1, 3 or 4 channels")]
    [InlineData(new[] { 0, 28, 28 }, "no images: a dimension is 0")]
    [InlineData(new[] { 1, 1, 70000 }, "images are too large")]
    public void ShapesOfNoImages(int[] dimensions, string what) =>
        With(IdxType.UInt8, dimensions, new double[dimensions.Aggregate((a, b) => a * b)], (in array) =>
            Assert.Equal(what, FaultRecord.Of(ImageLayout.Recognize(array, out _)).What));

    [Property(MaxTest = 300)]
    public void LabelsOfEveryTypeAndForm(byte type, bool column, byte[] classes)
    {
        IdxType t = Types[type % Types.Length];
        double[] values = [.. classes.Append((byte)3).Select(c => (double)(t == IdxType.Int8 ? c & 127 : c))];
        With(t, column ? [values.Length, 1] : [values.Length], values, (in array) =>
        {
            Assert.True(Labels(array, out LabelForm form, out byte[] labels).IsNone);
            Assert.Equal(LabelForm.Plain, form);
            Assert.Equal(values.Select(v => (byte)v), labels);
        });
        double[] hot = [.. values.SelectMany(v => Enumerable.Range(0, 8).Select(k => k == (int)v % 8 ? 1.0 : 0))];
        With(t, [values.Length, 8], hot, (in array) =>
        {
            Assert.True(Labels(array, out LabelForm form, out byte[] labels).IsNone);
            Assert.Equal(LabelForm.OneHot, form);
            Assert.Equal(values.Select(v => (byte)((int)v % 8)), labels);
        });
    }

    [Fact]
    public void QmnistHasItsLabelInTheFirstOfEightColumns() =>
        With(IdxType.Int32, [2, 8], [5, 0, 4101, 2, 9, 110, 5, 77, 9, 1, 2, 3, 4, 5, 6, 7], (in array) =>
        {
            Assert.True(Labels(array, out LabelForm form, out byte[] labels).IsNone);
            Assert.Equal(LabelForm.FirstOfEight, form);
            Assert.Equal([5, 9], labels);
        });

    [Theory]
    [InlineData(IdxType.Float32, new[] { 3 }, new double[] { 1, 2.5, 3 }, "element 1 is not a label", "2.5")]
    [InlineData(IdxType.Int16, new[] { 3 }, new double[] { 1, 2, -3 }, "element 2 is not a label", "-3")]
    [InlineData(IdxType.Int32, new[] { 2 }, new double[] { 256, 0 }, "element 0 is not a label", "256")]
    [InlineData(IdxType.UInt8, new[] { 2, 3 }, new double[] { 0, 1, 0, 1, 1, 0 }, "element 4 does not belong in a one-hot row", "1")]
    [InlineData(IdxType.UInt8, new[] { 1, 3 }, new double[] { 0, 0, 0 }, "element 2 does not belong in a one-hot row", "0")]
    [InlineData(IdxType.UInt8, new[] { 0 }, new double[] { }, "no labels: a dimension is 0", "")]
    [InlineData(IdxType.UInt8, new[] { 1, 2, 2 }, new double[] { 0, 0, 0, 0 },
        "images where labels are expected: wrong number of dimensions", "")]
    public void WhatIsNoLabelIsNamed(IdxType type, int[] dimensions, double[] values, string what, string quote) =>
        With(type, dimensions, values, (in array) =>
        {
            FaultRecord fault = Labels(array, out _, out _);
            Assert.Equal((what, quote), (fault.What, fault.Quote));
        });

    [Fact]
    public void APartOfTheImages() => With(IdxType.Int16, [3, 1, 2], [1, 2, 3, 4, 5, 6], (in array) =>
    {
        Assert.True(ImageLayout.Recognize(array, out ImageLayout layout).IsNone);
        byte* to = stackalloc byte[2];
        Assert.True(NumericPixels.Convert(array, layout, PixelScale.AsIs, 1, 1, to).IsNone);
        Assert.Equal((3, 4), (to[0], to[1]));
        Assert.Equal(FaultKind.Software, NumericPixels.Convert(array, layout, PixelScale.AsIs, 3, 1, to).Kind);
        Assert.Equal(FaultKind.Software, NumericPixels.Convert(array, layout, PixelScale.AsIs, -1, 1, to).Kind);
    });
}
