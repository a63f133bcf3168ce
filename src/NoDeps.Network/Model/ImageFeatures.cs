using System;

namespace NoDeps.Network;

/// <summary>Features of an image, or their means over several images, to compare images with those of a training.</summary>
public unsafe struct ImageFeatures
{
    /// <summary>Number of features: <see cref="At"/> takes 0 to this less 1.</summary>
    public const int Count = 5;

    /// <summary>The mean of pixel / 255.</summary>
    public const int Brightness = 0;
    /// <summary>The mean of pixel / 255 over the outermost rows and columns.</summary>
    public const int Border = 1;
    /// <summary>How far the center of mass is below the center, as a fraction of the image's height.</summary>
    public const int Row = 2;
    /// <summary>How far the center of mass is right of the center, as a fraction of the image's width.</summary>
    public const int Column = 3;
    /// <summary>The standard deviation of the mass around its center, as a fraction of the image's size.</summary>
    public const int Spread = 4;

    private fixed double _values[Count];

    /// <summary>One of the features.</summary>
    public readonly double At(int feature) => _values[feature];

    internal void Set(int feature, double value) => _values[feature] = value;

    /// <summary>Measures an image.</summary>
    /// <param name="pixels">[channel][row][column], bytes.</param>
    /// <param name="shape">Its shape.</param>
    public static ImageFeatures Of(byte* pixels, Shape shape)
    {
        int rows = shape.Rows, columns = shape.Columns;
        // Integer sums are exact, and so the same in any order.
        long sum = 0, border = 0, byRow = 0, byColumn = 0, byRow2 = 0, byColumn2 = 0;
        for (int c = 0; c < shape.Channels; c++)
        {
            for (int y = 0; y < rows; y++)
            {
                long line = 0, moment = 0, moment2 = 0;
                for (int x = 0; x < columns; x++)
                {
                    long value = *pixels++;
                    line += value;
                    moment += x * value;
                    moment2 += (long)x * x * value;
                    if (x == 0 || x == columns - 1 || y == 0 || y == rows - 1) border += value;
                }
                sum += line;
                byRow += y * line;
                byRow2 += (long)y * y * line;
                byColumn += moment;
                byColumn2 += moment2;
            }
        }
        long edge = rows < 3 || columns < 3 ? (long)rows * columns : 2L * (rows + columns) - 4;
        ImageFeatures features = default;
        features._values[Brightness] = sum / (255.0 * shape.Size);
        features._values[Border] = border / (255.0 * edge * shape.Channels);
        if (sum == 0) return features;
        double meanRow = (double)byRow / sum, meanColumn = (double)byColumn / sum;
        features._values[Row] = (meanRow + 0.5) / rows - 0.5;
        features._values[Column] = (meanColumn + 0.5) / columns - 0.5;
        double spread = ((double)byRow2 / sum - meanRow * meanRow) / ((double)rows * rows)
            + ((double)byColumn2 / sum - meanColumn * meanColumn) / ((double)columns * columns);
        features._values[Spread] = Math.Sqrt(spread > 0 ? spread : 0);
        return features;
    }

    /// <summary>Adds the features of another image.</summary>
    public void Add(in ImageFeatures other)
    {
        for (int i = 0; i < Count; i++) _values[i] += other._values[i];
    }

    /// <summary>Divides sums by the number of images.</summary>
    public void Divide(long count)
    {
        for (int i = 0; i < Count; i++) _values[i] /= count;
    }
}
