using System;

namespace NoDeps.Cli;

/// <summary>Which data set to use, and how to read what its files do not define.</summary>
internal ref struct DataOptions
{
    /// <summary>Folder or file; empty for the default places.</summary>
    public ReadOnlySpan<byte> Path;
    /// <summary>Which of several sets; empty where there is only one.</summary>
    public ReadOnlySpan<byte> Set;
    /// <summary>The number of the first class, 0 or 1; negative to decide by the labels.</summary>
    public int FirstLabel = -1;
    /// <summary>A number of <see cref="Transposition"/>.</summary>
    public int Transpose = (int)Transposition.Auto;

    public DataOptions()
    {
    }

    /// <summary>Whether nothing was said of the content.</summary>
    public readonly bool IsContentDefault => Set.IsEmpty && FirstLabel < 0 && Transpose == (int)Transposition.Auto;

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref DataOptions options)
    {
        visitor.Text("data"u8, OptionKind.File, "PATH"u8, ref options.Path,
            "folder of a data set (IDX, .npy, CSV, CIFAR), or an .npz file"u8,
            "the first that exists of data/mnist, /usr/share/datasets/fashion-mnist and data/sample"u8);
        DescribeContent(ref visitor, ref options);
    }

    /// <summary>Declares those that say how to read the data, wherever it lies.</summary>
    public static void DescribeContent(ref OptionVisitor visitor, scoped ref DataOptions options)
    {
        visitor.Text("set"u8, OptionKind.Text, "NAME"u8, ref options.Set, "which data set, where the folder holds several"u8);
        visitor.Choice("first-label"u8, "0 1"u8, ref options.FirstLabel, "number of the first class"u8,
            "1 if the labels never contain 0 and would otherwise be too large"u8);
        visitor.Choice("transpose"u8, "no yes auto"u8, ref options.Transpose, "exchange rows and columns of the images"u8,
            "auto: as EMNIST's files need it"u8);
    }
}
