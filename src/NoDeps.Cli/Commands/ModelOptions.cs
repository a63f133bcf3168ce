using System;
using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>The options that select a saved model and override its metadata.</summary>
internal ref struct ModelOptions
{
    public ReadOnlySpan<byte> File;
    /// <summary>Empty for the file's own description.</summary>
    public ReadOnlySpan<byte> Network;
    private double _mean = -1;
    private double _std = -1;

    public ModelOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref ModelOptions options)
    {
        visitor.Required();
        visitor.Text("model"u8, OptionKind.File, "FILE"u8, ref options.File, "a saved model"u8);
        DescribeContent(ref visitor, ref options);
    }

    /// <summary>Declares the options that override the file's metadata.</summary>
    public static void DescribeContent(ref OptionVisitor visitor, scoped ref ModelOptions options)
    {
        visitor.NameOrFile("net"u8, BuiltInNetworks.Names, ref options.Network,
            "the network of a model file without a description, such as one saved by PyTorch"u8, "the file's"u8);
        visitor.Number("mean"u8, 0, 1, ref options._mean, "mean of pixel/255, subtracted from each pixel"u8, "the file's, else 0"u8);
        visitor.Alias("deviation"u8);
        visitor.PositiveNumber("std"u8, 1, ref options._std, "standard deviation of pixel/255, by which the result is divided"u8,
            "the file's, else 1"u8);
    }

    /// <summary>True if neither mean nor std was given.</summary>
    public readonly bool LeavesNormalization => _mean < 0 && _std < 0;

    /// <summary>The file's normalization, with the options overriding its values.</summary>
    public readonly Normalization Apply(Normalization normalization) => _mean < 0 && _std < 0 ? normalization : new(
        _mean >= 0 ? (float)_mean : normalization.Mean, _std >= 0 ? (float)_std : normalization.Std);
}
