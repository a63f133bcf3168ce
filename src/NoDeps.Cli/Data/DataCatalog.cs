using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The data sets in a folder and its subfolders, in the layouts of torchvision and others.</summary>
internal sealed class DataCatalog
{
    /// <summary>ROOT/MNIST/raw: two levels below the given folder.</summary>
    private const int MaxDepth = 2;
    private const int MaxSets = 64;
    private const int MaxFolders = 256;

    private readonly DataSetFiles[] _sets = new DataSetFiles[MaxSets];
    private int _folders;

    /// <summary>Number of sets found.</summary>
    public int Count { get; private set; }

    /// <summary>A set, from 0.</summary>
    public DataSetFiles this[int index] => _sets[index];

    /// <summary>Searches a folder.</summary>
    public Fault Search(ReadOnlySpan<byte> folder) => Search(folder, 0);

    /// <summary>The set with the given name, ignoring case; null if there is none.</summary>
    public DataSetFiles Find(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < Count; i++) if (IsSame(_sets[i].Name, name)) return _sets[i];
        return null;
    }

    /// <summary>The only set, or the only one directly in the folder; null if there are several or none.</summary>
    public DataSetFiles Only()
    {
        if (Count == 1) return _sets[0];
        DataSetFiles only = null;
        for (int i = 0; i < Count; i++)
        {
            if (_sets[i].Depth > 0) continue;
            if (only != null) return null;
            only = _sets[i];
        }
        return only;
    }

    private Fault Search(ReadOnlySpan<byte> folder, int depth)
    {
        Fault fault = FolderListing.Read(folder, out FolderListing listing);
        if (!fault.IsNone) return fault;
        for (int i = 0; i < listing.Count; i++)
        {
            DataFileName name = DataFileName.Parse(listing[i]);
            if (name.Format == DataFormat.None || listing.IsFolder(folder, i)) continue;
            DataSetFiles set = SetOf(folder, in name, depth);
            set?.Add(name.Role, PathJoin.Of(folder, listing[i]), name.IsGzipped);
        }
        for (int i = 0; i < listing.Count && depth < MaxDepth && _folders < MaxFolders; i++)
        {
            if (listing[i][0] == '.' || !listing.IsFolder(folder, i)) continue;
            _folders++;
            // Subfolders that cannot be read are skipped.
            Search(PathJoin.Of(folder, listing[i]), depth + 1);
        }
        if (depth == 0) RemoveIncomplete();
        return Fault.None;
    }

    private DataSetFiles SetOf(ReadOnlySpan<byte> folder, in DataFileName file, int depth)
    {
        ReadOnlySpan<byte> name = file.Set.IsEmpty ? NameOf(folder) : file.Set;
        for (int i = 0; i < Count; i++)
        {
            DataSetFiles set = _sets[i];
            bool isSame = set.Format == file.Format && new ReadOnlySpan<byte>(set.Folder).SequenceEqual(folder)
                && new ReadOnlySpan<byte>(set.Name).SequenceEqual(name);
            if (isSame && (file.Role != DataRole.Everything)) return set;
        }
        if (Count == MaxSets) return null;
        _sets[Count] = new DataSetFiles { Name = Words.Copy(name), Folder = Words.Copy(folder), Format = file.Format, Depth = depth };
        return _sets[Count++];
    }

    /// <summary>Drops candidates that are not sets, such as a lone file of labels.</summary>
    private void RemoveIncomplete()
    {
        int kept = 0;
        for (int i = 0; i < Count; i++) if (_sets[i].HasTraining || _sets[i].HasTest) _sets[kept++] = _sets[i];
        Count = kept;
    }

    /// <summary>The last component of a path; for PATH/NAME/raw, the one before it.</summary>
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> folder)
    {
        ReadOnlySpan<byte> last = folder.Slice(Words.LastIndexOf(folder, (byte)'/') + 1);
        if (!DataFileName.Same(last, "raw"u8) || last.Length == folder.Length) return last;
        folder = folder.Slice(0, folder.Length - last.Length - 1);
        return folder.Slice(Words.LastIndexOf(folder, (byte)'/') + 1);
    }

    private static bool IsSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length) return false;
        for (int i = 0; i < a.Length; i++) if (DataFileName.Lower(a[i]) != DataFileName.Lower(b[i])) return false;
        return true;
    }
}
