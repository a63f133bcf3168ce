using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The files of one data set.</summary>
internal sealed class DataSetFiles
{
    /// <summary>The maximum number of files of a training set; CIFAR-10 has five.</summary>
    public const int MaxParts = 16;

    private const int Roles = (int)DataRole.Everything + 1;

    private readonly byte[][] _paths = new byte[Roles + MaxParts][];
    private readonly bool[] _isGzipped = new bool[Roles + MaxParts];

    /// <summary>The name of the set: the prefix of its files, or its folder.</summary>
    public byte[] Name;
    /// <summary>Its folder.</summary>
    public byte[] Folder;
    /// <summary>The format of its files.</summary>
    public DataFormat Format;
    /// <summary>Its depth below the folder that was searched.</summary>
    public int Depth;
    /// <summary>Files that together form the training set, in the order of their names.</summary>
    public int PartCount;

    /// <summary>The path of a file; empty if there is none.</summary>
    public ReadOnlySpan<byte> Path(DataRole role) => _paths[(int)role];

    /// <summary>The path of a part of the training set.</summary>
    public ReadOnlySpan<byte> Part(int index) => _paths[Roles + index];

    /// <summary>True if the training set is complete.</summary>
    public bool HasTraining => Has(DataRole.TrainingImages) && Has(DataRole.TrainingLabels) || PartCount > 0 || Has(DataRole.Everything);

    /// <summary>True for an archive of arrays without a test set.</summary>
    public bool LacksTest;

    /// <summary>True if the test set is complete.</summary>
    public bool HasTest => Has(DataRole.TestImages) && Has(DataRole.TestLabels) || Has(DataRole.Test) ||
        Has(DataRole.Everything) && !LacksTest;

    /// <summary>Returns true if there is a file with the given role.</summary>
    public bool Has(DataRole role) => _paths[(int)role] != null;

    /// <summary>Adds a file. A plain file takes precedence over its gzipped form.</summary>
    public void Add(DataRole role, ReadOnlySpan<byte> path, bool isGzipped)
    {
        int index = (int)role;
        if (role == DataRole.Training)
        {
            int last = Roles + PartCount - 1;
            bool isSame = PartCount > 0 && _isGzipped[last] != isGzipped && SameStem(_paths[last], path);
            if (!isSame && PartCount == MaxParts) return;
            index = isSame ? last : Roles + PartCount++;
        }
        if (_paths[index] != null && isGzipped) return;
        _paths[index] = Words.Copy(path);
        _isGzipped[index] = isGzipped;
    }

    /// <summary>Returns true if a path leads to one of the files.</summary>
    public bool Includes(ReadOnlySpan<byte> path)
    {
        for (int i = 0; i < _paths.Length; i++)
            if (_paths[i] != null && InputFile.IsSame(_paths[i], path)) return true;
        return false;
    }

    private static bool SameStem(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        ReadOnlySpan<byte> shorter = a.Length < b.Length ? a : b, longer = a.Length < b.Length ? b : a;
        return longer.Length == shorter.Length + 3 && longer.Slice(0, shorter.Length).SequenceEqual(shorter);
    }
}
