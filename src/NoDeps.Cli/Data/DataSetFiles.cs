using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The files of one data set.</summary>
internal sealed class DataSetFiles
{
    /// <summary>CIFAR-10 has five batches.</summary>
    public const int MaxParts = 16;

    private const int Roles = (int)DataRole.Everything + 1;

    private readonly byte[][] _paths = new byte[Roles + MaxParts][];
    private readonly bool[] _isGzipped = new bool[Roles + MaxParts];

    /// <summary>What the set is called: the prefix of its files, or its folder.</summary>
    public byte[] Name;
    /// <summary>Where it was found.</summary>
    public byte[] Folder;
    /// <summary>How its files are made.</summary>
    public DataFormat Format;
    /// <summary>Folders below the one that was searched.</summary>
    public int Depth;
    /// <summary>Files that together are the training set, in the order of their names.</summary>
    public int PartCount;

    /// <summary>The path of a file; empty where there is none.</summary>
    public ReadOnlySpan<byte> Path(DataRole role) => _paths[(int)role];

    /// <summary>The path of a part of the training set.</summary>
    public ReadOnlySpan<byte> Part(int index) => _paths[Roles + index];

    /// <summary>Whether there is something to train on.</summary>
    public bool HasTraining => Has(DataRole.TrainingImages) && Has(DataRole.TrainingLabels) || PartCount > 0 || Has(DataRole.Everything);

    /// <summary>Whether there is something to test on.</summary>
    public bool HasTest => Has(DataRole.TestImages) && Has(DataRole.TestLabels) || Has(DataRole.Test) || Has(DataRole.Everything);

    /// <summary>Whether there is a file of that role.</summary>
    public bool Has(DataRole role) => _paths[(int)role] != null;

    /// <summary>Takes a file. Of a plain file and its gzipped form the plain one counts.</summary>
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

    /// <summary>Whether a path leads to one of the files.</summary>
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
