using System.Text;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary><c>nodeps convert</c>: which folders are classes and sets, and what is never overwritten, mixed up or left half done.</summary>
public sealed class PictureFolderTests : IDisposable
{
    private const string Images = "train-images-idx3-ubyte", Labels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte", TestLabels = "t10k-labels-idx1-ubyte";

    private readonly TestFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void Write(string name, params byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], content);
    }

    /// <summary>A gray picture, each pixel with the same value.</summary>
    private void Picture(string name, byte value, int side = 2) =>
        Write(name, [.. Encoding.ASCII.GetBytes($"P5 {side} {side} 255\n"), .. Enumerable.Repeat(value, side * side)]);

    private ProcessResult Convert(string source, string output, params string[] more) =>
        Nodeps.Run(["convert", _folder[source], _folder[output], .. more]);

    private string Converts(string source, string output, params string[] more)
    {
        ProcessResult result = Convert(source, output, more);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Error;
    }

    private byte[] Read(string name) => File.ReadAllBytes(_folder[name]);

    private string[] Left(string name) =>
        [.. Directory.GetFileSystemEntries(_folder[name]).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    [Fact]
    public void AFolderOfFilesCalledTrainIsAClass()
    {
        foreach (string name in (string[])["bus", "train", "test"]) Picture($"vehicles/{name}/1.pgm", 1);
        Converts("vehicles", "out");
        Assert.Equal("bus\ntest\ntrain\n", File.ReadAllText(_folder["out/classes.txt"]));
    }

    [Fact]
    public void FoldersBesideTheTwoSetsAreNamedAsLeftOut()
    {
        foreach (string name in (string[])["train", "val", "test", "extra"]) Picture($"sets/{name}/a/1.pgm", (byte)name[0]);
        string warnings = Converts("sets", "out");
        Assert.Contains("sets/extra is not read", warnings, StringComparison.Ordinal);
        Assert.Contains("sets/val is not read", warnings, StringComparison.Ordinal);
        Assert.Equal((byte)'t', Read("out/" + TestImages)[16]);
        Directory.Delete(_folder["sets/test"], true);
        Converts("sets", "out2");
        Assert.Equal((byte)'v', Read("out2/" + TestImages)[16]);
    }

    [Fact]
    public void TheOrderOfCreationDoesNotMatter()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"{"cab"[i % 3]}/{i}.pgm")];
        foreach (string name in names) Picture("one/" + name, (byte)name.GetHashCode(StringComparison.Ordinal));
        foreach (string name in names.Reverse()) Write("two/" + name, Read("one/" + name));
        Converts("one", "out1", "--split", "0.5");
        Converts("two", "out2", "--split", "0.5");
        Assert.All([Images, Labels, TestImages, TestLabels], name => Assert.Equal(Read("out1/" + name), Read("out2/" + name)));
    }

    [Fact]
    public void ASplitKeepsEveryImageWithItsLabelAndCopiesOrMoves()
    {
        for (int i = 0; i < 60; i++) Picture($"set/{"abc"[i % 3]}/{i}.pgm", (byte)i);
        Converts("set", "moved", "--split", "0.7");
        Converts("set", "whole");
        // Read from a mapped file, images are copied, and must come out as those that changed places.
        Converts("whole", "copied", "--split", "0.7");
        Assert.All([Images, Labels, TestImages, TestLabels], name => Assert.Equal(Read("moved/" + name), Read("copied/" + name)));
        byte[] images = [.. Read("moved/" + Images)[16..], .. Read("moved/" + TestImages)[16..]];
        byte[] labels = [.. Read("moved/" + Labels)[8..], .. Read("moved/" + TestLabels)[8..]];
        Assert.Equal(60, labels.Length);
        for (int i = 0; i < 60; i++) Assert.Equal(labels[i], images[4 * i] % 3);
        Assert.Equal(60, Enumerable.Range(0, 60).Select(i => images[4 * i]).Distinct().Count());
    }

    [Fact]
    public void PreparationCentersTheInkAsPredictDoes()
    {
        // A black bar in a corner of white paper.
        byte[] pixels = [.. Enumerable.Range(0, 3600).Select(i => (byte)(i % 60 is > 4 and < 9 && i / 60 is > 4 and < 35 ? 0 : 255))];
        Write("ink/one/1.pgm", [.. "P5 60 60 255\n"u8, .. pixels]);
        Converts("ink", "out", "--prepare", "auto", "--size", "28");
        byte[] image = Read("out/" + Images)[16..];
        Assert.Equal(784, image.Length);
        Assert.Equal(0, image[0]);
        Assert.InRange(image[14 * 28 + 14] + image[14 * 28 + 13], 250, 510);
        Picture("blank/one/1.pgm", 255, 60);
        Nodeps.AssertFault(Convert("blank", "x", "--prepare", "auto", "--size", "28"), Nodeps.Data, "one/1.pgm", "nothing stands out");
        Nodeps.AssertFault(Convert("ink", "x", "--prepare", "auto"), Nodeps.Usage, "--size");
        Nodeps.AssertFault(Convert("ink", "x", "--prepare", "auto", "--size", "28", "--channels", "3"), Nodeps.Usage, "--channels");
        Nodeps.AssertFault(Convert("out", "x", "--prepare", "auto", "--size", "28"), Nodeps.Usage, "--prepare", "data set");
        Nodeps.AssertFault(Convert("out", "x", "--channels", "3"), Nodeps.Usage, "--channels", "data set");
        Nodeps.AssertFault(Convert("ink", "x", "--first-label", "1"), Nodeps.Usage, "--first-label", "directory of pictures");
        Assert.False(Directory.Exists(_folder["x"]));
    }

    [Fact]
    public void NamesThatAreNoTextAndFilesThatAreNoFilesAreRefused()
    {
        Picture("lines/a\nb/1.pgm", 1);
        Nodeps.AssertFault(Convert("lines", "x"), Nodeps.Data, "lines/a\\x0ab", "UTF-8");
        // .NET cannot remove such a folder.
        const string Bytes = """mkdir -p "$2/b/$(printf '\377')"; "$1" convert "$2/b" "$2/x"; code=$?; rm -r "$2/b"; exit $code""";
        ProcessResult bytes = Command.Shell(Bytes, Repository.Binary, _folder.Path);
        Nodeps.AssertFault(bytes, Nodeps.Data, "UTF-8", "rename");
        Picture("pipe/a/1.pgm", 1);
        ProcessResult pipe = Command.Shell("""mkfifo "$2/pipe/a/p" && timeout 20 "$1" convert "$2/pipe" "$2/x" """, Repository.Binary,
            _folder.Path);
        Nodeps.AssertFault(pipe, Nodeps.Data, "pipe/a/p", "pipe");
        Assert.False(Directory.Exists(_folder["x"]));
    }

    [Theory]
    [InlineData("set")]
    [InlineData("set/")]
    [InlineData("set/out")]
    [InlineData("set/a/../out")]
    [InlineData("link/out")]
    public void AnOutputWithinTheSourceIsRefused(string output)
    {
        Picture("set/a/1.pgm", 1);
        Directory.CreateSymbolicLink(_folder["link"], _folder["set/a"]);
        Nodeps.AssertFault(Convert("set", output, "--force"), Nodeps.CannotCreate, "is inside the source directory");
        Assert.Equal(["a"], Left("set"));
    }

    [Fact]
    public void AnOutputCalledEmnistWouldBeTransposedAndIsRefused()
    {
        Picture("set/a/1.pgm", 1);
        Nodeps.AssertFault(Convert("set", "my-EMNIST"), Nodeps.CannotCreate, "EMNIST", "another directory");
        Converts("set", "my-EMNIST", "--png");
    }

    [Fact]
    public void FilesOfAnotherSetAreNeverLeftBesideTheNewOne()
    {
        Picture("set/a/1.pgm", 1);
        Picture("set/a/2.pgm", 2);
        Converts("set", "out", "--split", "0.5");
        byte[] before = Read("out/" + Images);
        Nodeps.AssertFault(Convert("set", "out", "--force"), Nodeps.CannotCreate, TestImages, "part of the new data set");
        Nodeps.AssertFault(Convert("set", "out", "--force", "--channels", "3", "--split", "0.5"), Nodeps.CannotCreate, Images);
        Assert.Equal(before, Read("out/" + Images));
        Converts("set", "out", "--force", "--split", "0.5", "--seed", "3");
        Write("packed/t10k-labels-idx1-ubyte.gz", 1);
        Nodeps.AssertFault(Convert("set", "packed", "--force"), Nodeps.CannotCreate, "t10k-labels-idx1-ubyte.gz");
        Write("names/classes.txt", (byte)'x');
        Nodeps.AssertFault(Convert("set", "names", "--png"), Nodeps.CannotCreate, "classes.txt", "--force");
        Converts("set", "names", "--png", "--force");
        Assert.Equal("a\n", File.ReadAllText(_folder["names/classes.txt"]));
    }

    [Fact]
    public void WhatCannotBeWrittenLeavesNothing()
    {
        for (int i = 0; i < 20; i++) Picture($"set/a/{i}.pgm", (byte)(i * 12), 40);
        const string Limited = """ulimit -f 1; "$1" convert "$2/set" "$2/idx" """;
        Nodeps.AssertFault(Command.Shell(Limited, Repository.Binary, _folder.Path), Nodeps.InputOutput, Images);
        Assert.False(Directory.Exists(_folder["idx"]));
        Write("noise/a/1.ppm", [.. "P6 60 60 255\n"u8, .. RandomBytes(10800)]);
        const string Noise = """ulimit -f 1; "$1" convert "$2/noise" "$2/png" --png""";
        Nodeps.AssertFault(Command.Shell(Noise, Repository.Binary, _folder.Path), Nodeps.InputOutput, "00000.png");
        Assert.False(Directory.Exists(_folder["png"]));
    }

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public void ClassesThatWouldShareAFolderAreRefusedAndEmptyOnesOfTheTestSetLeftOut()
    {
        Picture("set/train/a/1.pgm", 1);
        Picture("set/train/b/1.pgm", 2);
        Picture("set/test/b/1.pgm", 3);
        Converts("set", "idx");
        Converts("idx", "png", "--png");
        Assert.Equal(["classes.txt", "test", "train"], Left("png"));
        Assert.Equal(["a", "b"], Left("png/train"));
        Assert.Equal(["b"], Left("png/test"));
        Converts("png", "again");
        Assert.All([Images, Labels, TestImages, TestLabels], name => Assert.Equal(Read("idx/" + name), Read("again/" + name)));
        File.WriteAllText(_folder["idx/classes.txt"], "a/b\na_b\n");
        Nodeps.AssertFault(Convert("idx", "png2", "--png"), Nodeps.Data, "'a_b'", "classes.txt");
        Assert.False(Directory.Exists(_folder["png2"]));
    }
}
