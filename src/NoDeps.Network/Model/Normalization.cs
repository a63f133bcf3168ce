using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The normalization of a pixel byte: (pixel / 255 − mean) / std, with one mean and std for all channels or one for
/// each.
/// </summary>
public readonly unsafe struct Normalization
{
    /// <summary>Decimals in a model file: enough to read back the same number.</summary>
    public const int Decimals = 12;
    /// <summary>Maximum number of channels with separate means and standard deviations.</summary>
    public const int MaxChannels = 4;
    private const double MinStd = 1e-3;

    private readonly float _mean1, _mean2, _mean3, _std1, _std2, _std3;

    /// <summary>Mean of pixel / 255 over the training images, of the first channel.</summary>
    public readonly float Mean;
    /// <summary>Standard deviation of pixel / 255 over the training images, of the first channel; above 0.</summary>
    public readonly float Std;
    /// <summary>Number of channels with separate means and standard deviations; 1 if all channels share one.</summary>
    public readonly int Channels;

    /// <summary>The same mean and std for all channels.</summary>
    public Normalization(float mean, float std)
    {
        this = default;
        Mean = mean;
        Std = std;
        Channels = 1;
    }

    /// <summary>A mean and a std for each channel, 1 to <see cref="MaxChannels"/> channels.</summary>
    public Normalization(ReadOnlySpan<float> means, ReadOnlySpan<float> stds)
    {
        this = default;
        Channels = means.Length;
        Mean = means[0];
        Std = stds[0];
        _mean1 = Channels > 1 ? means[1] : 0;
        _std1 = Channels > 1 ? stds[1] : 0;
        _mean2 = Channels > 2 ? means[2] : 0;
        _std2 = Channels > 2 ? stds[2] : 0;
        _mean3 = Channels > 3 ? means[3] : 0;
        _std3 = Channels > 3 ? stds[3] : 0;
    }

    /// <summary>The mean of a channel.</summary>
    public float MeanOf(int channel) => Channels == 1 || channel == 0 ? Mean : channel == 1 ? _mean1 : channel == 2 ? _mean2 : _mean3;

    /// <summary>The standard deviation of a channel.</summary>
    public float StdOf(int channel) => Channels == 1 || channel == 0 ? Std : channel == 1 ? _std1 : channel == 2 ? _std2 : _std3;

    /// <summary>
    /// Measures <paramref name="count"/> bytes exactly, in integers; then rounds both to the precision of a model file.
    /// Where all pixels are equal, the standard deviation is 0.001.
    /// </summary>
    public static Normalization Of(byte* pixels, long count)
    {
        Measure(pixels, count, count, count, out float mean, out float std);
        return new Normalization(mean, std);
    }

    /// <summary>Measures images [image][channel][row][column], each channel separately if there are 2 to 4.</summary>
    public static Normalization Of(byte* pixels, long images, Shape shape)
    {
        int channels = shape.Channels;
        if (channels == 1 || channels > MaxChannels) return Of(pixels, images * shape.Size);
        Span<float> means = stackalloc float[MaxChannels], stds = stackalloc float[MaxChannels];
        for (int channel = 0; channel < channels; channel++)
        {
            Measure(pixels + (long)channel * shape.Plane, images * shape.Plane, shape.Plane, shape.Size,
                out means[channel], out stds[channel]);
        }
        return new Normalization(means.Slice(0, channels), stds.Slice(0, channels));
    }

    /// <summary>Of <paramref name="count"/> bytes, the first <paramref name="run"/> of every <paramref name="stride"/>.</summary>
    private static void Measure(byte* pixels, long count, long run, long stride, out float mean, out float std)
    {
        ulong sum = 0;
        ulong squares = 0;
        for (long done = 0; done < count; done += run, pixels += stride)
        {
            for (long i = 0; i < run; i++)
            {
                uint value = pixels[i];
                sum += value;
                squares += value * value;
            }
        }
        double exactMean = count == 0 ? 0 : sum / (255.0 * count);
        double variance = count == 0 ? 1 : squares / (255.0 * 255.0 * count) - exactMean * exactMean;
        double exactStd = Math.Sqrt(variance > 0 ? variance : 0);
        mean = Rounded(exactMean);
        std = Rounded(exactStd < MinStd ? MinStd : exactStd);
    }

    /// <summary>A number after conversion to text and back.</summary>
    private static float Rounded(double value)
    {
        Span<byte> text = stackalloc byte[64];
        int length = FloatFormat.Fixed(text, value, Decimals);
        FloatParse.Single(text.Slice(0, length), out float rounded, out _);
        return rounded;
    }
}
