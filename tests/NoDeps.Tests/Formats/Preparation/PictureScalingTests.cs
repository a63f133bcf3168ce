using FsCheck.Xunit;
using NoDeps.Formats;
using Xunit;

namespace NoDeps.Tests.Formats.Preparation;

/// <summary>
/// Scaling by area against the same in whole numbers: each pixel of the picture becomes toRows × toColumns equal ones, and each of
/// the result is the mean of rows × columns of these.
/// </summary>
public sealed unsafe class PictureScalingTests
{
    private static double[] Expected(byte[] pixels, int rows, int columns, int channels, int toChannels, int toRows, int toColumns)
    {
        double ground = Ground(pixels, channels);
        double[] values = new double[toChannels * toRows * toColumns];
        for (int c = 0; c < toChannels; c++)
        {
            for (int y = 0; y < toRows * rows; y++)
            {
                for (int x = 0; x < toColumns * columns; x++)
                {
                    double value = Value(pixels.AsSpan((y / toRows * columns + x / toColumns) * channels, channels), c, toChannels, ground);
                    values[(c * toRows + y / rows) * toColumns + x / columns] += value / (rows * columns);
                }
            }
        }
        return values;
    }

    private static double Value(ReadOnlySpan<byte> pixel, int channel, int toChannels, double ground)
    {
        double value = pixel.Length < 3 ? pixel[0]
            : toChannels == 1 ? 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2] : pixel[channel];
        if (pixel.Length is 1 or 3) return value;
        double alpha = pixel[^1] / 255.0;
        return alpha * value + (1 - alpha) * ground;
    }

    /// <summary>White shows through dark pictures, black through light ones.</summary>
    private static double Ground(byte[] pixels, int channels)
    {
        if (channels is 1 or 3) return 0;
        double sum = 0, weight = 0;
        foreach (byte[] pixel in pixels.Chunk(channels))
        {
            sum += (channels == 2 ? pixel[0] : (299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2]) / 1000) * (double)pixel[^1];
            weight += pixel[^1];
        }
        return sum > 127.5 * weight ? 0 : 255;
    }

    [Property(MaxTest = 400)]
    public void EveryPixelIsTheMeanOfWhatItCovers(byte sizes, byte toSizes, byte kinds, int seed)
    {
        int rows = 1 + sizes % 13, columns = 1 + sizes / 16, toRows = 1 + toSizes % 11, toColumns = 1 + toSizes / 16;
        int channels = 1 + kinds % 4, toChannels = (kinds & 4) != 0 ? 3 : 1;
        bool invert = (kinds & 8) != 0;
        byte[] pixels = new byte[rows * columns * channels];
        new Random(seed).NextBytes(pixels);
        double[] expected = Expected(pixels, rows, columns, channels, toChannels, toRows, toColumns);
        byte[] scaled = new byte[expected.Length + 1];
        scaled[^1] = 77;
        fixed (byte* from = pixels, to = scaled)
            PictureScaling.Scale(from, rows, columns, channels, to, toChannels, toRows, toColumns, invert);
        Assert.Equal(77, scaled[^1]);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(scaled[i] - (invert ? 255 - expected[i] : expected[i]), -0.5001, 0.5001);
    }

    [Fact]
    public void ThePictureOfTheRightSizeStaysAsItIs()
    {
        byte[] pixels = [.. Enumerable.Range(0, 28 * 28).Select(i => (byte)i)];
        byte[] scaled = new byte[pixels.Length];
        fixed (byte* from = pixels, to = scaled) PictureScaling.Scale(from, 28, 28, 1, to, 1, 28, 28, false);
        Assert.Equal(pixels, scaled);
    }
}
