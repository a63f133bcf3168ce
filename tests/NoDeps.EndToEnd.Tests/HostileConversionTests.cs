using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary><c>nodeps convert</c> of input that is broken or made to break it: one sentence, and no output, not even a folder.</summary>
public sealed class HostileConversionTests : IDisposable
{
    private const string Images = "train-images-idx3-ubyte", Labels = "train-labels-idx1-ubyte";

    private readonly TestFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void Write(string name, params byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], content);
    }

    private static byte[] Pgm(int width, int height) =>
        [.. Encoding.ASCII.GetBytes($"P5 {width} {height} 255\n"), .. new byte[width * height]];

    /// <summary>Four images of 2 x 2, labeled 0, 1, 0, 1.</summary>
    private void WriteSet(string folder)
    {
        Write($"{folder}/{Images}", Idx.Bytes([.. Enumerable.Range(0, 16).Select(i => (byte)i)], 4, 2, 2));
        Write($"{folder}/{Labels}", Idx.Bytes([0, 1, 0, 1], 4));
    }

    private static byte[] Npy(string shape, ReadOnlySpan<byte> data)
    {
        string header = $"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    private static byte[] Npz(params (string Name, byte[] Content)[] entries)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return file.ToArray();
    }

    private static byte[] SmallNpz() => Npz(("x_train.npy", Npy("(4, 2, 2)", new byte[16])), ("y_train.npy", Npy("(4,)", [0, 1, 0, 1])));

    private void Refuses(string source, int exitCode, params string[] contained)
    {
        foreach (string[] form in (string[][])[[], ["--png"]])
        {
            ProcessResult result = Command.Run(Repository.Binary, ["convert", _folder[source], _folder["out"], .. form],
                timeout: TimeSpan.FromSeconds(60));
            Nodeps.AssertFault(result, exitCode, contained);
            Assert.Single(result.ErrorLines);
            Assert.False(Directory.Exists(_folder["out"]), result.ToString());
        }
    }

    [Fact]
    public void APictureTooLargeForADataSetIsCalledSo()
    {
        Write("large/a/1.pgm", Pgm(5000, 3));
        Refuses("large", Nodeps.Data, "1.pgm", "3x5000", "too large", "4096x4096", "--size");
        byte[] header = [.. "P5 60000 60000 255\n"u8, 0, 0, 0, 0];
        Write("huge/a/1.pgm", header);
        Refuses("huge", Nodeps.Data, "1.pgm", "too many pixels");
        Write("overflow/a/1.pgm", [.. "P5 4294967297 4294967297 255\n"u8, 0]);
        Refuses("overflow", Nodeps.Data, "1.pgm", "too many pixels");
    }

    [ProgramFact("mkfifo")]
    public void APipeAmongDataIsNotWaitedFor()
    {
        Directory.CreateDirectory(_folder["set"]);
        Command.Run("mkfifo", [_folder["set/" + Images], _folder["set/" + Labels], _folder["pipe"]]);
        Refuses("set", Nodeps.Data, Images, "but a pipe");
        Refuses("pipe", Nodeps.Data, "but a pipe");
    }

    [Fact]
    public void NamesInAnArchiveStayOnTheLineOfTheSentence()
    {
        Write("names.npz", Npz(("a\n\u001b[31mb.npy", Npy("(1,)", [1])), ("../c.npy", Npy("(1,)", [1]))));
        Refuses("names.npz", Nodeps.NoInput, "x_train", "it contains a\\x0a\\x1b[31mb, ../c");
        Write("empty.npz", Npz());
        Refuses("empty.npz", Nodeps.NoInput, "x_train", "it is empty");
    }

    [Fact]
    public void AnArchiveNeedsNoTestSet()
    {
        Write("set.npz", SmallNpz());
        Nodeps.Succeed("convert", _folder["set.npz"], _folder["out"]);
        Assert.Equal([Images, Labels], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Write("half.npz", Npz(("x_train.npy", Npy("(4, 2, 2)", new byte[16])), ("y_train.npy", Npy("(4,)", [0, 1, 0, 1])),
            ("x_test.npy", Npy("(4, 2, 2)", new byte[16]))));
        Nodeps.AssertFault(Nodeps.Run("convert", _folder["half.npz"], _folder["half"]), Nodeps.NoInput, "y_test", "it contains x_train");
    }

    [Fact]
    public void EveryTruncationOfPackedFilesIsRefused()
    {
        byte[] npz = SmallNpz(), gzip = Idx.Gzip(Idx.Bytes(new byte[16], 4, 2, 2));
        for (int length = 0; length < npz.Length; length += 37)
        {
            Write("cut.npz", npz[..length]);
            ProcessResult result = Nodeps.Run("convert", _folder["cut.npz"], _folder["out"]);
            Nodeps.AssertFault(result, length == 0 || result.ExitCode == Nodeps.NoInput ? Nodeps.NoInput : Nodeps.Data, "cut.npz");
        }
        WriteSet("set");
        File.Delete(_folder["set/" + Images]);
        for (int length = 0; length < gzip.Length; length += 5)
        {
            Write($"set/{Images}.gz", gzip[..length]);
            Nodeps.AssertFault(Nodeps.Run("convert", _folder["set"], _folder["out"]), Nodeps.Data, Images);
        }
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void AnArchiveThatGrowsBeyondWhatItSaysIsRefused()
    {
        byte[] zeros = Npy("(4, 2, 2)", new byte[1 << 26]);
        Write("bomb.npz", Npz(("x_train.npy", zeros), ("y_train.npy", Npy("(4,)", [0, 1, 0, 1]))));
        Refuses("bomb.npz", Nodeps.Data, "bomb.npz");
        byte[] file = SmallNpz();
        // The uncompressed size of the first entry in the directory of the archive.
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(file.AsSpan().IndexOf("PK\u0001\u0002"u8) + 24), 0xFFFFFFF0);
        Write("lie.npz", file);
        Refuses("lie.npz", Nodeps.Data, "exceeds what its data can decompress to");
    }

    [Fact]
    public void ListsOfClassesThatAreNoTextOrAmbiguousAreRefused()
    {
        WriteSet("set");
        Write("set/classes.txt", 0xFF, 0xFE, (byte)'\n', (byte)'b', (byte)'\n');
        Refuses("set", Nodeps.Data, "classes.txt", "line 1");
        Write("set/classes.txt", "a\n\n"u8.ToArray());
        Refuses("set", Nodeps.Data, "classes.txt", "line 2");
        Write("set/classes.txt", "a\na\n"u8.ToArray());
        Nodeps.AssertFault(Nodeps.Run("convert", _folder["set"], _folder["out"], "--png"), Nodeps.Data, "the same directory");
        Assert.False(Directory.Exists(_folder["out"]));
        // A folder that was there stays.
        Directory.CreateDirectory(_folder["there"]);
        Nodeps.AssertFault(Nodeps.Run("convert", _folder["set"], _folder["there"], "--png"), Nodeps.Data, "the same directory");
        Assert.True(Directory.Exists(_folder["there"]));
        Write("set/classes.txt", 0xEF, 0xBB, 0xBF, (byte)'a', (byte)'\r', (byte)'\n', (byte)'b');
        Nodeps.Succeed("convert", _folder["set"], _folder["out"]);
        Assert.Equal("a\nb\n", File.ReadAllText(_folder["out/classes.txt"]));
    }

    [Fact]
    public void NamesInWarningsCannotCommandTheTerminal()
    {
        foreach (string name in (string[])["train/a", "test/a", "e\n\u001b[31mvil/a"]) Write($"set/{name}/1.pgm", Pgm(1, 1));
        ProcessResult result = Nodeps.Succeed("convert", _folder["set"], _folder["out"]);
        Assert.Equal($"nodeps: warning: {_folder["set"]}/e\\x0a\\x1b[31mvil is not read\n", result.Error);
    }

    [Fact]
    public void LinksInCirclesAreRefused()
    {
        Write("up/a/1.pgm", Pgm(1, 1));
        Directory.CreateSymbolicLink(_folder["up/a/up"], "..");
        Refuses("up", Nodeps.Data, "up/a/up", "a directory among the pictures");
        Directory.CreateDirectory(_folder["self/a"]);
        File.CreateSymbolicLink(_folder["self/a/1.pgm"], "1.pgm");
        Refuses("self", Nodeps.NoInput, "self/a/1.pgm");
    }

    [UnprivilegedFact]
    public void WhatMayNotBeReadIsNamed()
    {
        Write("set/a/1.pgm", Pgm(1, 1));
        Write("set/b/1.pgm", Pgm(1, 1));
        File.Copy(Repository.Binary, _folder["nodeps"]);
        Directory.CreateDirectory(_folder["place"]);
        File.SetUnixFileMode(_folder["place"], (UnixFileMode)0b111_111_111);
        string[] prefix = UnprivilegedFactAttribute.Prefix;
        foreach (string locked in (string[])["set/b/1.pgm", "set/b"])
        {
            File.SetUnixFileMode(_folder[locked], UnixFileMode.None);
            ProcessResult result = Command.Run(prefix[0],
                [.. prefix[1..], _folder["nodeps"], "convert", _folder["set"], _folder["place/out"]]);
            File.SetUnixFileMode(_folder[locked], (UnixFileMode)0b111_101_101);
            Nodeps.AssertFault(result, Nodeps.NoInput, _folder[locked], "permission denied");
            Assert.Empty(Directory.GetFileSystemEntries(_folder["place"]));
        }
    }

    [MountFact]
    public void AFullDiskLeavesNothing()
    {
        WriteSet("set");
        Write("set/" + Images, Idx.Bytes(new byte[64 * 64 * 4], 4, 64, 64));
        const string Script = """
            mount -t tmpfs -o size=12k none "$2" || exit 99
            "$1" convert "$3" "$2/out"; code=$?
            [ -e "$2/out" ] && echo left
            umount "$2"; exit $code
            """;
        Directory.CreateDirectory(_folder["disk"]);
        string[] prefix = MountFactAttribute.Prefix!;
        ProcessResult result = Command.Run(prefix[0],
            [.. prefix[1..], "/bin/sh", "-c", Script, "sh", Repository.Binary, _folder["disk"], _folder["set"]]);
        Nodeps.AssertFault(result, Nodeps.InputOutput, Images, "no space left");
        Assert.Equal("", result.Output);
    }
}
