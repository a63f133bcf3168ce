using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Statistics of the training images: mean and standard deviation of each of the <see cref="ImageFeatures"/>. A model
/// file stores them, so that images that differ from them can be detected.
/// </summary>
public unsafe struct InputStatistics
{
    /// <summary>Maximum bytes of <see cref="Write"/>.</summary>
    public const int MaxTextBytes = 256;

    /// <summary>Maximum number of images that are measured, evenly spaced.</summary>
    private const int MaxImages = 4096;
    private const int Decimals = 6;
    private const double FarStds = 4;

    private fixed double _means[ImageFeatures.Count];
    private fixed double _stds[ImageFeatures.Count];

    private static ReadOnlySpan<byte> Names => "brightness border row column spread"u8;

    /// <summary>True if anything was measured.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The mean of a feature.</summary>
    public readonly double Mean(int feature) => _means[feature];

    /// <summary>The standard deviation of a feature from image to image.</summary>
    public readonly double Std(int feature) => _stds[feature];

    /// <summary>Measures images.</summary>
    /// <param name="images">[image][channel][row][column], bytes.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="shape">The shape of an image.</param>
    public static InputStatistics Of(byte* images, long count, Shape shape)
    {
        InputStatistics result = default;
        if (count <= 0) return result;
        long step = (count + MaxImages - 1) / MaxImages, measured = 0;
        double* sums = stackalloc double[2 * ImageFeatures.Count];
        for (int i = 0; i < 2 * ImageFeatures.Count; i++) sums[i] = 0;
        for (long n = 0; n < count; n += step, measured++)
        {
            ImageFeatures features = ImageFeatures.Of(images + n * shape.Size, shape);
            for (int i = 0; i < ImageFeatures.Count; i++)
            {
                double value = features.At(i);
                sums[i] += value;
                sums[ImageFeatures.Count + i] += value * value;
            }
        }
        for (int i = 0; i < ImageFeatures.Count; i++)
        {
            double mean = sums[i] / measured, variance = sums[ImageFeatures.Count + i] / measured - mean * mean;
            result._means[i] = mean;
            result._stds[i] = Math.Sqrt(variance > 0 ? variance : 0);
        }
        result.IsKnown = true;
        return result;
    }

    /// <summary>
    /// The feature that exceeds its bound by the largest factor; −1 if all are within bounds. The bound is 4 standard
    /// deviations, or a difference that matters to a network if that is larger.
    /// </summary>
    public readonly int Outlier(in ImageFeatures features)
    {
        int outlier = -1;
        double most = 1;
        for (int i = 0; i < ImageFeatures.Count && IsKnown; i++)
        {
            double allowed = FarStds * _stds[i], smallest = Smallest(i);
            double difference = Math.Abs(features.At(i) - _means[i]) / (allowed > smallest ? allowed : smallest);
            if (!(difference > most)) continue;
            most = difference;
            outlier = i;
        }
        return outlier;
    }

    /// <summary>Returns true if brightness and border would be within bounds if the image were inverted.</summary>
    public readonly bool LooksInverted(in ImageFeatures features)
    {
        ImageFeatures inverted = features;
        inverted.Set(ImageFeatures.Brightness, 1 - features.At(ImageFeatures.Brightness));
        inverted.Set(ImageFeatures.Border, 1 - features.At(ImageFeatures.Border));
        bool isBrightnessNearer = Nearer(in inverted, in features, ImageFeatures.Brightness);
        return isBrightnessNearer && Nearer(in inverted, in features, ImageFeatures.Border);
    }

    /// <summary>Writes the text that <see cref="TryParse"/> reads: name, mean and std of each feature.</summary>
    public readonly void Write(ref Utf8Writer to)
    {
        for (int i = 0; i < ImageFeatures.Count; i++)
        {
            if (i > 0) to.Byte((byte)' ');
            to.Text(WordList.At(Names, i));
            to.Byte((byte)' ');
            to.Fixed(_means[i], Decimals);
            to.Byte((byte)' ');
            to.Fixed(_stds[i], Decimals);
        }
    }

    /// <summary>Parses a text; false where a feature is missing or has no valid number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out InputStatistics statistics)
    {
        statistics = default;
        for (int i = 0; i < ImageFeatures.Count; i++)
        {
            int word = WordList.IndexOf(text, WordList.At(Names, i));
            if (word < 0 || !TryNumber(WordList.At(text, word + 1), out double mean)) return false;
            if (!TryNumber(WordList.At(text, word + 2), out double std) || std < 0) return false;
            statistics._means[i] = mean;
            statistics._stds[i] = std;
        }
        statistics.IsKnown = true;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out double value) =>
        FloatParse.Double(text, out value, out int consumed) && consumed == text.Length && double.IsFinite(value);

    private readonly bool Nearer(in ImageFeatures a, in ImageFeatures b, int feature) =>
        Math.Abs(a.At(feature) - _means[feature]) < Math.Abs(b.At(feature) - _means[feature]);

    /// <summary>A smaller difference is always within bounds, however similar the training images are.</summary>
    private static double Smallest(int feature) => feature switch
    {
        ImageFeatures.Brightness => 0.15,
        ImageFeatures.Border => 0.2,
        ImageFeatures.Spread => 0.1,
        _ => 0.12,
    };
}
