namespace NoDeps.Cli;

/// <summary>The formats in which data sets circulate.</summary>
internal enum DataFormat : byte
{
    /// <summary>Not a file of a data set.</summary>
    None,
    /// <summary>IDX, plain or gzipped: images and labels in separate files.</summary>
    Idx,
    /// <summary>NumPy arrays in separate files.</summary>
    Npy,
    /// <summary>NumPy arrays in a ZIP archive.</summary>
    Npz,
    /// <summary>Comma-separated values, one image per line, the label first.</summary>
    Csv,
    /// <summary>CIFAR-10's binary batches.</summary>
    Cifar10,
    /// <summary>CIFAR-100's binary files.</summary>
    Cifar100,
}
