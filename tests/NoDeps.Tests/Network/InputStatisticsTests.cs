using System.Text;
using FsCheck.Xunit;
using NoDeps.Network;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>How images look, against the definitions in float64, and what is said of images that look otherwise.</summary>
public sealed unsafe class InputStatisticsTests
{
    private static readonly Shape Small = new(1, 12, 10);

    private static ImageFeatures FeaturesOf(byte[] image, Shape shape)
    {
        fixed (byte* pixels = image) return ImageFeatures.Of(pixels, shape);
    }

    private static double[] Expected(byte[] image, Shape shape)
    {
        var points = image.Select((value, i) => (Value: value / 255.0, Y: i / shape.Columns % shape.Rows, X: i % shape.Columns)).ToArray();
        double mass = points.Sum(p => p.Value);
        double border = points.Where(p => p.X == 0 || p.Y == 0 || p.X == shape.Columns - 1 || p.Y == shape.Rows - 1)
            .Average(p => p.Value);
        if (mass == 0) return [0, border, 0, 0, 0];
        double row = points.Sum(p => p.Value * (p.Y + 0.5) / shape.Rows) / mass;
        double column = points.Sum(p => p.Value * (p.X + 0.5) / shape.Columns) / mass;
        double spread = points.Sum(p => p.Value * (Math.Pow((p.Y + 0.5) / shape.Rows - row, 2)
            + Math.Pow((p.X + 0.5) / shape.Columns - column, 2))) / mass;
        return [mass / points.Length, border, row - 0.5, column - 0.5, Math.Sqrt(spread)];
    }

    [Property(MaxTest = 300)]
    public void FeaturesAreThoseOfTheDefinition(byte channels, byte rows, byte columns, byte most, int seed)
    {
        Shape shape = new(1 + channels % 4, 1 + rows % 9, 1 + columns % 9);
        var random = new Random(seed);
        byte[] image = [.. Enumerable.Range(0, shape.Size).Select(_ => (byte)random.Next(1 + most))];
        ImageFeatures features = FeaturesOf(image, shape);
        double[] expected = Expected(image, shape);
        for (int i = 0; i < ImageFeatures.Count; i++) Assert.Equal(expected[i], features.At(i), 1e-7);
    }

    /// <summary>Of up to 4096 images all, of more every second, third and so on.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(9000, 3)]
    public void MeanAndStdAreThoseOfTheImages(int count, int step)
    {
        Shape shape = new(1, 4, 5);
        byte[] images = new byte[count * shape.Size];
        new Random(count).NextBytes(images);
        fixed (byte* all = images)
        {
            InputStatistics statistics = InputStatistics.Of(all, count, shape);
            Assert.True(statistics.IsKnown);
            for (int i = 0; i < ImageFeatures.Count; i++)
            {
                double[] values = [.. images.Chunk(shape.Size).Where((_, n) => n % step == 0).Select(image => Expected(image, shape)[i])];
                double mean = values.Average();
                Assert.Equal(mean, statistics.Mean(i), 1e-9);
                Assert.Equal(Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), statistics.Std(i), 1e-6);
            }
            Assert.False(InputStatistics.Of(all, 0, shape).IsKnown);
        }
    }

    /// <summary>A light square on a dark ground, near the middle.</summary>
    private static byte[] Square(Random random, int top, int left)
    {
        byte[] image = new byte[Small.Size];
        for (int y = top; y < top + 4; y++)
            for (int x = left; x < left + 3; x++) image[y * Small.Columns + x] = (byte)random.Next(200, 256);
        return image;
    }

    private static InputStatistics OfSquares()
    {
        var random = new Random(5);
        byte[] images = [.. Enumerable.Range(0, 100).SelectMany(_ => Square(random, random.Next(3, 6), random.Next(3, 5)))];
        fixed (byte* all = images) return InputStatistics.Of(all, 100, Small);
    }

    [Fact]
    public void ImagesOfAnotherKindAreNoticed()
    {
        InputStatistics statistics = OfSquares();
        var random = new Random(6);
        byte[] square = Square(random, 4, 4);
        Assert.Equal(-1, statistics.Outlier(FeaturesOf(square, Small)));
        Assert.False(statistics.LooksInverted(FeaturesOf(square, Small)));

        ImageFeatures inverted = FeaturesOf([.. square.Select(v => (byte)(255 - v))], Small);
        // Brightness differs by 0.82, of which 0.15 is allowed; the border by 1, of which 0.2 is.
        Assert.Equal(ImageFeatures.Brightness, statistics.Outlier(inverted));
        Assert.True(statistics.LooksInverted(inverted));

        Assert.Equal(ImageFeatures.Row, statistics.Outlier(FeaturesOf(Square(random, 8, 4), Small)));
        Assert.Equal(ImageFeatures.Column, statistics.Outlier(FeaturesOf(Square(random, 4, 7), Small)));
        Assert.Equal(-1, default(InputStatistics).Outlier(inverted)); // nothing is known, so nothing is far from it
    }

    [Fact]
    public void TheMeanOfSeveralImagesIsComparedToo()
    {
        var random = new Random(7);
        ImageFeatures sum = default;
        double[] expected = new double[ImageFeatures.Count];
        for (int n = 0; n < 10; n++)
        {
            byte[] image = Square(random, random.Next(8), random.Next(7));
            sum.Add(FeaturesOf(image, Small));
            for (int i = 0; i < expected.Length; i++) expected[i] += Expected(image, Small)[i] / 10;
        }
        sum.Divide(10);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], sum.At(i), 1e-9);
    }

    [Fact]
    public void TheTextGivesThemBack()
    {
        InputStatistics statistics = OfSquares();
        Utf8Writer text = new(new byte[InputStatistics.MaxTextBytes]);
        statistics.Write(ref text);
        Assert.False(text.Overflowed);
        Assert.True(InputStatistics.TryParse(text.Written, out InputStatistics read));
        Assert.True(read.IsKnown);
        for (int i = 0; i < ImageFeatures.Count; i++)
        {
            Assert.Equal(statistics.Mean(i), read.Mean(i), 5.1e-7);
            Assert.Equal(statistics.Std(i), read.Std(i), 5.1e-7);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("brightness 1 2 border 3 4 row 5 6 column 7 8")] // no spread
    [InlineData("brightness 1 2 border 3 4 row 5 6 column 7 8 spread 9")] // nor its std
    [InlineData("brightness 1 -2 border 3 4 row 5 6 column 7 8 spread 9 0")]
    [InlineData("brightness x 2 border 3 4 row 5 6 column 7 8 spread 9 0")]
    [InlineData("brightness 1 2 border 3 4 row nan 6 column 7 8 spread 9 0")]
    [InlineData("brightness 1 2 border 3 4 row 5 1e999 column 7 8 spread 9 0")]
    public void AnIncompleteTextIsRefused(string text) => Assert.False(InputStatistics.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
