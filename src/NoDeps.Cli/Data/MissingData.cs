using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Faults that say which file of a set is missing.</summary>
internal static class MissingData
{
    /// <summary>No fault if there is a set to train on.</summary>
    public static Fault Training(DataSetFiles set)
    {
        if (set.HasTraining) return Fault.None;
        if (IsWhole(set.Format)) return Missing("no training images with labels"u8, WholeName(set.Format, true));
        return set.Has(DataRole.TrainingImages)
            ? Missing("no labels of the training images"u8, set.Format == DataFormat.Npy ? "y_train.npy"u8 : "train-labels-idx1-ubyte.gz"u8)
            : Missing("no training images"u8, set.Format == DataFormat.Npy ? "x_train.npy"u8 : "train-images-idx3-ubyte.gz"u8);
    }

    /// <summary>No fault if there is a set to test on.</summary>
    public static Fault Test(DataSetFiles set)
    {
        // Missing arrays of an archive are reported when it is read.
        if (set.HasTest || set.Has(DataRole.Everything)) return Fault.None;
        if (IsWhole(set.Format)) return Missing("no test images with labels"u8, WholeName(set.Format, false));
        return set.Has(DataRole.TestImages)
            ? Missing("no labels of the test images"u8, set.Format == DataFormat.Npy ? "y_test.npy"u8 : "t10k-labels-idx1-ubyte.gz"u8)
            : Missing("no test images"u8, set.Format == DataFormat.Npy ? "x_test.npy"u8 : "t10k-images-idx3-ubyte.gz"u8);
    }

    /// <summary>Returns true if images and labels share a file.</summary>
    private static bool IsWhole(DataFormat format) => format is DataFormat.Csv or DataFormat.Cifar10 or DataFormat.Cifar100;

    private static ReadOnlySpan<byte> WholeName(DataFormat format, bool isTraining) => format switch
    {
        DataFormat.Csv => isTraining ? "mnist_train.csv"u8 : "mnist_test.csv"u8,
        DataFormat.Cifar10 => isTraining ? "data_batch_1.bin"u8 : "test_batch.bin"u8,
        _ => isTraining ? "train.bin"u8 : "test.bin"u8,
    };

    private static Fault Missing(ReadOnlySpan<byte> what, ReadOnlySpan<byte> name)
    {
        Utf8Writer hint = new(stackalloc byte[100]);
        hint.Text("a file such as "u8);
        hint.Text(name);
        hint.Text(" is needed"u8);
        return Fault.Of(FaultKind.NoInput, what).WithHint(hint.Written);
    }
}
