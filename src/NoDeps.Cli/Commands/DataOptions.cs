using System;

namespace NoDeps.Cli;

/// <summary>The options that select a data set and say how to interpret it.</summary>
internal ref struct DataOptions
{
    /// <summary>A directory or file; empty for the default locations.</summary>
    public ReadOnlySpan<byte> Path;
    /// <summary>The name of one of several sets; empty if there is only one.</summary>
    public ReadOnlySpan<byte> Set;
    /// <summary>The number of the first class, 0 or 1; negative to derive it from the labels.</summary>
    public int FirstLabel = -1;
    /// <summary>A <see cref="Transposition"/> as an integer.</summary>
    public int Transpose = (int)Transposition.Auto;

    public DataOptions()
    {
    }

    /// <summary>True if none of the options about the content was given.</summary>
    public readonly bool IsContentDefault => Set.IsEmpty && FirstLabel < 0 && Transpose == (int)Transposition.Auto;

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref DataOptions options)
    {
        visitor.Text("data"u8, OptionKind.File, "PATH"u8, ref options.Path,
            "directory of a data set (IDX, .npy, .npz, CSV, CIFAR), or an .npz or CSV file"u8,
            "the first that exists of data/mnist, /usr/share/datasets/fashion-mnist and data/sample"u8);
        DescribeContent(ref visitor, ref options);
    }

    /// <summary>Declares the options that say how to interpret the data, wherever it is.</summary>
    public static void DescribeContent(ref OptionVisitor visitor, scoped ref DataOptions options)
    {
        visitor.Text("set"u8, OptionKind.Text, "NAME"u8, ref options.Set, "the data set to use if the directory contains several"u8);
        visitor.Choice("first-label"u8, "0 1"u8, ref options.FirstLabel, "number of the first class"u8,
            "1 if the labels never contain 0 and would otherwise be too large"u8);
        visitor.Choice("transpose"u8, "no yes auto"u8, ref options.Transpose, "swap the rows and columns of the images"u8,
            "auto: for EMNIST only"u8);
    }
}
