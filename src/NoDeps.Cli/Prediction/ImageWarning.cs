using System;
using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>
/// Warns, on standard error, when images do not look like those that a model was trained on: the mean of their features
/// is far from the statistics in the model file.
/// </summary>
internal unsafe struct ImageWarning
{
    private ImageFeatures _sums;
    private long _count;

    /// <summary>Adds an image in the network's input format.</summary>
    public void Add(byte* image, Shape shape)
    {
        ImageFeatures features = ImageFeatures.Of(image, shape);
        _sums.Add(in features);
        _count++;
    }

    /// <summary>Adds images; of many only a sample, evenly spaced.</summary>
    public void AddSome(byte* images, long count, Shape shape)
    {
        const int Most = 4096;
        long step = (count + Most - 1) / Most;
        for (long i = 0; i < count; i += step) Add(images + i * shape.Size, shape);
    }

    /// <summary>Prints one line if needed.</summary>
    /// <param name="console">Receives the warning.</param>
    /// <param name="path">The source of the images.</param>
    /// <param name="statistics">Statistics of the training images; unknown for files of other programs.</param>
    /// <param name="cure">The advice if they look inverted.</param>
    public readonly void Write(Console console, ReadOnlySpan<byte> path, in InputStatistics statistics, ReadOnlySpan<byte> cure)
    {
        if (_count == 0 || !statistics.IsKnown) return;
        ImageFeatures means = _sums;
        means.Divide(_count);
        int feature = statistics.Outlier(in means);
        if (feature < 0) return;
        Template line = console.PrintError("nodeps: warning: $: $ not look like the training images: $ is $, but $ ± $ in training"u8);
        line.Text(path);
        line.Text(_count == 1 ? "this image does"u8 : "these images do"u8);
        line.Text(NameOf(feature));
        line.Fixed(means.At(feature), 3);
        line.Fixed(statistics.Mean(feature), 3);
        line.Fixed(statistics.Std(feature), 3);
        if (statistics.LooksInverted(in means)) console.Error.Write(cure);
        console.Error.Write("\n"u8);
    }

    private static ReadOnlySpan<byte> NameOf(int feature) => feature switch
    {
        ImageFeatures.Brightness => "mean brightness"u8,
        ImageFeatures.Border => "brightness of the border"u8,
        ImageFeatures.Row => "offset of the center of mass, downward,"u8,
        ImageFeatures.Column => "offset of the center of mass, to the right,"u8,
        _ => "spread around the center of mass"u8,
    };
}
