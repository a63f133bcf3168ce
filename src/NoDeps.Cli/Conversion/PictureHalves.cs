using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// The folders of the training and test pictures: folders such as train and test, with a subfolder for each class, or a single folder
/// for all pictures.
/// </summary>
internal sealed class PictureHalves
{
    private readonly byte[] _training, _test;

    /// <param name="console">Receives warnings about folders that are not read.</param>
    /// <param name="folder">The folder given by the user.</param>
    public PictureHalves(Console console, ReadOnlySpan<byte> folder)
    {
        _training = Find(folder, "train training"u8);
        if (_training == null)
        {
            _training = Words.Copy(folder);
            return;
        }
        _test = Find(folder, "test testing val validation"u8);
        WarnOfOthers(console, folder);
    }

    /// <summary>The folder of the training pictures.</summary>
    public ReadOnlySpan<byte> Training => _training;

    /// <summary>The folder of the test pictures.</summary>
    public ReadOnlySpan<byte> Test => _test;

    /// <summary>True if there are test pictures.</summary>
    public bool HasTest => _test != null;

    /// <summary>The first of the names that is a folder with subfolders; one without is a class with that name.</summary>
    private static byte[] Find(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> names)
    {
        for (int i = 0; ; i++)
        {
            ReadOnlySpan<byte> name = WordList.At(names, i);
            if (name.IsEmpty) return null;
            byte[] path = PathJoin.Of(folder, name);
            if (HasFolder(path)) return path;
        }
    }

    private static bool HasFolder(ReadOnlySpan<byte> folder)
    {
        if (!FolderListing.Read(folder, out FolderListing listing).IsNone) return false;
        for (int i = 0; i < listing.Count; i++) if (listing[i][0] != '.' && listing.IsFolder(folder, i)) return true;
        return false;
    }

    private void WarnOfOthers(Console console, ReadOnlySpan<byte> folder)
    {
        if (!FolderListing.Read(folder, out FolderListing listing).IsNone) return;
        for (int i = 0; i < listing.Count; i++)
        {
            if (listing[i][0] == '.' || !listing.IsFolder(folder, i)) continue;
            ReadOnlySpan<byte> path = PathJoin.Of(folder, listing[i]);
            if (path.SequenceEqual(_training) || HasTest && path.SequenceEqual(_test)) continue;
            Template line = console.PrintError("nodeps: warning: $ is not read\n"u8);
            line.Name(path);
            line.End();
        }
    }
}
