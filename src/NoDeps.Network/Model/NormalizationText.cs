using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Means and standard deviations in a model file's metadata: numbers separated by commas.</summary>
internal static class NormalizationText
{
    /// <summary>Room for any of them.</summary>
    public const int MaxBytes = 128;

    /// <summary>The means, or the standard deviations.</summary>
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, in Normalization normalization, bool isStd)
    {
        int length = 0;
        for (int channel = 0; channel < normalization.Channels; channel++)
        {
            if (channel > 0) buffer[length++] = (byte)',';
            float value = isStd ? normalization.StdOf(channel) : normalization.MeanOf(channel);
            length += FloatFormat.Fixed(buffer.Slice(length), value, Normalization.Decimals);
        }
        return buffer.Slice(0, length);
    }

    /// <summary>
    /// The count of finite numbers in a text, at most <see cref="Normalization.MaxChannels"/>; 0 if it is anything
    /// else.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Read(ReadOnlySpan<byte> text, Span<float> numbers)
    {
        for (int count = 0; count < Normalization.MaxChannels; count++)
        {
            // A text of 12 decimals is read exactly by one division; the float nearest to it is by far the nearest.
            if (!FloatParse.Double(text, out double number, out int consumed)) return 0;
            numbers[count] = (float)number;
            if (!float.IsFinite(numbers[count])) return 0;
            if (consumed == text.Length) return count + 1;
            if (text[consumed] != ',') return 0;
            text = text.Slice(consumed + 1);
        }
        return 0;
    }
}
