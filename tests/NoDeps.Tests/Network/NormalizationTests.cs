using FsCheck.Xunit;
using NoDeps.Network;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>Mean and standard deviation of pixels against LINQ in float64, and through the text of a model file.</summary>
public sealed unsafe class NormalizationTests
{
    private static (double Mean, double Std) Of(IEnumerable<byte> pixels)
    {
        double[] values = [.. pixels.Select(p => p / 255.0)];
        double mean = values.Average();
        return (mean, Math.Max(1e-3, Math.Sqrt(values.Average(v => (v - mean) * (v - mean)))));
    }

    /// <summary>The float next to a number with 12 decimals, as a model file has it.</summary>
    private static float Rounded(double value) => float.Parse(value.ToString("F12"));

    [Property(MaxTest = 300)]
    public void EachChannelHasItsOwn(byte count, byte channels, byte plane, byte least, byte range, int seed)
    {
        Shape shape = new(1 + channels % 6, 1 + plane % 5, 1 + plane / 32);
        int images = 1 + count % 7;
        var random = new Random(seed);
        byte[] pixels = [.. Enumerable.Range(0, images * shape.Size).Select(_ => (byte)Math.Min(255, least + random.Next(1 + range)))];
        Normalization found;
        fixed (byte* all = pixels) found = Normalization.Of(all, images, shape);
        // More channels than four, such as those of a hyperspectral image, share one.
        bool isShared = shape.Channels is 1 or > Normalization.MaxChannels;
        Assert.Equal(isShared ? 1 : shape.Channels, found.Channels);
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            var (mean, std) = Of(pixels.Where((_, i) => isShared || i / shape.Plane % shape.Channels == channel));
            Assert.Equal(mean, found.MeanOf(channel), 1e-6);
            Assert.Equal(std, found.StdOf(channel), 1e-5);
            // What a model file says of them gives the same floats.
            Assert.Equal(found.MeanOf(channel), Rounded(found.MeanOf(channel)));
            Assert.Equal(found.StdOf(channel), Rounded(found.StdOf(channel)));
        }
    }

    [Fact]
    public void ImagesThatAreAllAlikeAreNotDividedByNothing()
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)51, 300)];
        fixed (byte* all = pixels)
        {
            Normalization found = Normalization.Of(all, pixels.Length);
            Assert.Equal((0.2f, 0.001f, 1), (found.Mean, found.Std, found.Channels));
        }
    }
}
