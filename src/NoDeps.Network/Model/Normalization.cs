using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>What a pixel byte becomes: (pixel / 255 − Mean) / Std.</summary>
public readonly struct Normalization
{
    /// <summary>Decimals in a model file: enough that the text gives the same number again.</summary>
    public const int Decimals = 12;
    private const double MinStd = 1e-3;

    /// <summary>Mean of pixel / 255 over the training images.</summary>
    public readonly float Mean;
    /// <summary>Standard deviation of pixel / 255 over the training images; above 0.</summary>
    public readonly float Std;

    /// <summary>Takes both as they are.</summary>
    public Normalization(float mean, float std)
    {
        Mean = mean;
        Std = std;
    }

    /// <summary>
    /// Measures <paramref name="count"/> bytes, in whole numbers, so exactly; then rounds both to what a model file says.
    /// Images that are all alike get a standard deviation of 0.001.
    /// </summary>
    public static unsafe Normalization Of(byte* pixels, long count)
    {
        ulong sum = 0;
        ulong squares = 0;
        for (long i = 0; i < count; i++)
        {
            uint value = pixels[i];
            sum += value;
            squares += value * value;
        }
        double mean = count == 0 ? 0 : sum / (255.0 * count);
        double variance = count == 0 ? 1 : squares / (255.0 * 255.0 * count) - mean * mean;
        double std = Math.Sqrt(variance > 0 ? variance : 0);
        if (std < MinStd) std = MinStd;
        return new Normalization(Rounded(mean), Rounded(std));
    }

    /// <summary>What is left of a number that goes through its text.</summary>
    private static float Rounded(double value)
    {
        Span<byte> text = stackalloc byte[64];
        int length = FloatFormat.Fixed(text, value, Decimals);
        FloatParse.Single(text.Slice(0, length), out float rounded, out _);
        return rounded;
    }
}
