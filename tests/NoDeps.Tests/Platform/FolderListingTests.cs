using System.Text;
using NoDeps.Platform;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Platform;

/// <summary>A folder's names against Directory.GetFileSystemEntries.</summary>
public sealed class FolderListingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("listing-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public void NamesAreSortedAndComplete(int count)
    {
        Random random = new(count);
        for (int i = 0; i < count; i++) File.WriteAllBytes(Path.Combine(_folder, $"{random.NextInt64():x}-ä{i}"), []);
        Assert.True(FolderListing.Read(Encoding.UTF8.GetBytes(_folder), out FolderListing listing).IsNone);
        string[] expected = [.. Directory.GetFileSystemEntries(_folder).Select(path => Path.GetFileName(path))
            .OrderBy(name => Convert.ToHexString(Encoding.UTF8.GetBytes(name)), StringComparer.Ordinal)];
        Assert.Equal(expected, Enumerable.Range(0, listing.Count).Select(i => Encoding.UTF8.GetString(listing[i])));
    }

    [Fact]
    public void FoldersAreToldFromFilesThroughLinks()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a"));
        File.WriteAllText(Path.Combine(_folder, "b"), "");
        File.CreateSymbolicLink(Path.Combine(_folder, "c"), Path.Combine(_folder, "a"));
        File.CreateSymbolicLink(Path.Combine(_folder, "d"), Path.Combine(_folder, "b"));
        File.CreateSymbolicLink(Path.Combine(_folder, "e"), Path.Combine(_folder, "missing"));
        byte[] path = Encoding.UTF8.GetBytes(_folder);
        Assert.True(FolderListing.Read(path, out FolderListing listing).IsNone);
        Assert.Equal([true, false, true, false, false], Enumerable.Range(0, listing.Count).Select(i => listing.IsFolder(path, i)));
    }

    [Fact]
    public void WhatIsNoFolderIsRefused()
    {
        Assert.Equal("no such file or directory", Encoding.UTF8.GetString(
            FolderListing.Read(Encoding.UTF8.GetBytes(_folder + "/none"), out _).What));
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        Fault fault = FolderListing.Read(Encoding.UTF8.GetBytes(_folder + "/file"), out _);
        Assert.Equal("a part of the path is not a directory", Encoding.UTF8.GetString(fault.What));
    }
}
