using System.IO.Compression;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary><c>nodeps convert</c> of data sets and folders of pictures.</summary>
public sealed class DataConversionTests : IDisposable
{
    private static readonly string[] IdxNames =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private readonly TestFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static SmallSet Training { get; } = new(70);

    private static SmallSet Test { get; } = new(30);

    private string Make(string name)
    {
        string path = _folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private void Write(string name, byte[] content) => File.WriteAllBytes(Make(name), content);

    private ProcessResult Convert(string source, string output, params string[] more) =>
        Nodeps.Run(["convert", _folder[source], _folder[output], .. more]);

    private string Converts(string source, string output, params string[] more) =>
        Nodeps.Succeed(["convert", _folder[source], _folder[output], .. more]).Output;

    private byte[] File_(string name) => File.ReadAllBytes(_folder[name]);

    /// <summary>A gray PNM picture, which needs no library.</summary>
    private static byte[] Pgm(int rows, int columns, params byte[] pixels) =>
        [.. System.Text.Encoding.ASCII.GetBytes($"P5 {columns} {rows} 255\n"), .. pixels];

    private static byte[] Ppm(int rows, int columns, params byte[] pixels) =>
        [.. System.Text.Encoding.ASCII.GetBytes($"P6 {columns} {rows} 255\n"), .. pixels];

    private void AssertIdx(string folder, SmallSet training, SmallSet? test)
    {
        Assert.Equal(training.ImagesIdx(), File_($"{folder}/{IdxNames[0]}"));
        Assert.Equal(training.LabelsIdx, File_($"{folder}/{IdxNames[1]}"));
        Assert.Equal(test is not null, File.Exists(_folder[$"{folder}/{IdxNames[2]}"]));
        if (test is null) return;
        Assert.Equal(test.ImagesIdx(), File_($"{folder}/{IdxNames[2]}"));
        Assert.Equal(test.LabelsIdx, File_($"{folder}/{IdxNames[3]}"));
    }

    [Fact]
    public void EveryFormatBecomesTheSameIdxFiles()
    {
        Write("mnist.npz", SmallSet.Npz(Training, Test, CompressionLevel.Optimal));
        Write("csv/mnist_train.csv", Training.Csv(header: true));
        Write("csv/mnist_test.csv", Test.Csv(header: false));
        Write("npy/x_train.npy", SmallSet.Npy(Training.Images, Training.Dimensions));
        Write("npy/y_train.npy", SmallSet.Npy(Training.Labels, Training.Count));
        Write("csv1/train.csv", Training.Csv(header: true));
        Assert.Equal($"data      {_folder["a"]}, 70 training and 30 test images of 28x28, 10 classes\n", Converts("mnist.npz", "a"));
        AssertIdx("a", Training, Test);
        Converts("csv", "b");
        AssertIdx("b", Training, Test);
        Converts("npy", "c");
        AssertIdx("c", Training, null);
        Converts("csv1/train.csv", "d");
        AssertIdx("d", Training, null);
        Converts("a", "e");
        AssertIdx("e", Training, Test);
    }

    [Fact]
    public void RealImagesKeepTheirBytesFromEveryFormat()
    {
        SmallSet training = SmallSet.Sample(isTraining: true), test = SmallSet.Sample(isTraining: false);
        Write("mnist.npz", SmallSet.Npz(training, test, CompressionLevel.Optimal));
        Converts("mnist.npz", "a");
        AssertIdx("a", training, test);
        Nodeps.Succeed("convert", Repository.SampleData, _folder["b"]);
        AssertIdx("b", training, test);
    }

    [Fact]
    public void PicturesAndBackIsTheSame()
    {
        Write("mnist.npz", SmallSet.Npz(Training, Test, CompressionLevel.Optimal));
        Converts("mnist.npz", "pictures", "--png");
        Assert.Equal(["00000.png", "00010.png", "00020.png", "00030.png", "00040.png", "00050.png", "00060.png"],
            Directory.GetFiles(_folder["pictures/train/0"]).Select(Path.GetFileName).Order());
        Converts("pictures", "idx");
        Converts("idx", "pictures2", "--png");
        Converts("pictures2", "idx2");
        foreach (string name in IdxNames) Assert.Equal(File_($"idx/{name}"), File_($"idx2/{name}"));
        // Images come class by class now, and are the same ones.
        byte[] images = File_("idx/" + IdxNames[0]), labels = File_("idx/" + IdxNames[1]);
        int[] byClass = [.. Enumerable.Range(0, 70).OrderBy(i => i % 10)];
        Assert.Equal(byClass.Select(i => Training.Images.AsSpan(i * 784, 784).ToArray()),
            Enumerable.Range(0, 70).Select(i => images.AsSpan(16 + i * 784, 784).ToArray()));
        Assert.Equal(Enumerable.Range(0, 70).Select(i => (byte)(i / 7)), labels[8..]);
        Assert.Equal("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", File.ReadAllText(_folder["idx/classes.txt"]));
    }

    [Fact]
    public void ColorsStayColors()
    {
        SmallSet training = new(40, 10, 0, 3, 32, 32), test = new(20, 10, 0, 3, 32, 32);
        Write("cifar/data_batch_1.bin", training.Cifar(0, 40));
        Write("cifar/test_batch.bin", test.Cifar(0, 20));
        Converts("cifar", "idx");
        Assert.Equal(training.ImagesIdx(), File_("idx/train-images-idx4-ubyte"));
        Assert.Equal(test.ImagesIdx(), File_("idx/t10k-images-idx4-ubyte"));
        Assert.StartsWith("airplane\nautomobile\n", File.ReadAllText(_folder["idx/classes.txt"]), StringComparison.Ordinal);
        Converts("idx", "png", "--png");
        Assert.True(File.Exists(_folder["png/train/airplane/00000.png"]));
        Converts("png", "again");
        Assert.Equal(training.Images.Order(), File_("again/train-images-idx4-ubyte")[20..].Order());
        Converts("png", "gray", "--channels", "1", "--size", "16x8");
        Assert.Equal([0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 16, 0, 0, 0, 8], File_("gray/train-images-idx3-ubyte")[..16]);
    }

    [Fact]
    public void FolderNamesAreTheClassesThatTrainAndPredictKnow()
    {
        var random = new Random(1);
        foreach (string name in (string[])["zebra", "ant", "bee"])
        {
            for (int i = 0; i < 20; i++)
            {
                byte[] pixels = new byte[64];
                random.NextBytes(pixels);
                for (int p = 0; p < 64; p++) pixels[p] = (byte)(pixels[p] / 4 + (name[0] == 'z' ? 190 : name[0] == 'b' ? 100 : 0));
                Write($"animals/{name}/{i}.pgm", Pgm(8, 8, pixels));
            }
        }
        Write("animals/.hidden/x", [1]);
        Write("animals/ant/.hidden", [1]);
        Converts("animals", "idx", "--split", "0.75", "--size", "28x28");
        Assert.Equal("ant\nbee\nzebra\n", File.ReadAllText(_folder["idx/classes.txt"]));
        foreach ((int file, int each) in ((int, int)[])[(1, 15), (3, 5)])
            Assert.All(File_("idx/" + IdxNames[file])[8..].GroupBy(label => label), label => Assert.Equal(each, label.Count()));
        Converts("animals", "again", "--split", "0.75", "--size", "28");
        Assert.All(IdxNames, name => Assert.Equal(File_($"idx/{name}"), File_($"again/{name}")));
        Converts("animals", "other", "--split", "0.75", "--seed", "2", "--size", "28");
        Assert.NotEqual(File_("idx/" + IdxNames[0]), File_("other/" + IdxNames[0]));
        ProcessResult train = Nodeps.Succeed("train", "--data", _folder["idx"], "--out", _folder["m"], "--epochs", "20", "--batch", "9",
            "--net", "richard");
        Assert.Contains("3 classes", train.Output, StringComparison.Ordinal);
        string predicted = Nodeps.Succeed("predict", "--model", _folder["m"], "--prepare", "none", _folder["animals/zebra/3.pgm"]).Output;
        Assert.Contains("  zebra  ", predicted, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedAndNothingIsWritten()
    {
        Write("sizes/a/1.pgm", Pgm(2, 2, 1, 2, 3, 4));
        Write("sizes/b/2.pgm", Pgm(1, 2, 1, 2));
        Nodeps.AssertFault(Convert("sizes", "x"), Nodeps.Data, "2.pgm", "1x2", "2x2", "--size");
        Converts("sizes", "scaled", "--size", "4");
        Write("broken/a/1.pgm", Pgm(2, 2, 1, 2, 3, 4));
        Write("broken/a/2.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Nodeps.AssertFault(Convert("broken", "x"), Nodeps.Data, "2.png");
        Write("text/a/1.txt", "hello, I am no picture"u8.ToArray());
        Nodeps.AssertFault(Convert("text", "x"), Nodeps.Data, "1.txt", "picture");
        Directory.CreateDirectory(_folder["empty/a"]);
        Nodeps.AssertFault(Convert("empty", "x"), Nodeps.Data, "empty/a", "without pictures");
        Directory.CreateDirectory(_folder["nothing"]);
        Nodeps.AssertFault(Convert("nothing", "x"), Nodeps.NoInput, "nothing", "subdirectory");
        Write("deep/a/b/1.pgm", Pgm(1, 1, 1));
        Nodeps.AssertFault(Convert("deep", "x"), Nodeps.Data, "deep/a/b", "directory");
        Write("halves/train/a/1.pgm", Pgm(1, 1, 1));
        Write("halves/test/b/1.pgm", Pgm(1, 1, 1));
        Nodeps.AssertFault(Convert("halves", "x"), Nodeps.Data, "test/b", "training");
        for (int i = 0; i <= 256; i++) Write($"many/{i}/1.pgm", Pgm(1, 1, 1));
        Nodeps.AssertFault(Convert("many", "x"), Nodeps.Data, "too many classes", "256");
        Nodeps.AssertFault(Convert("sizes", "x", "--max-pixels", "3"), Nodeps.Data, "1.pgm");
        Nodeps.AssertFault(Convert("sizes", "x", "--size", "0x3"), Nodeps.Usage, "--size");
        Nodeps.AssertFault(Convert("sizes", "x", "--size", "5000"), Nodeps.Usage, "--size");
        Nodeps.AssertFault(Convert("sizes", "x", "--size", "4", "--split", "0.01"), Nodeps.Usage, "--split");
        Nodeps.AssertFault(Convert("sizes", "x", "--half"), Nodeps.Usage, "--half is for models");
        Nodeps.AssertFault(Nodeps.Run("convert", Trained.Small.Model, _folder["x"], "--split", "0.5"), Nodeps.Usage, "--split is for data");
        Nodeps.AssertFault(Convert("missing", "x"), Nodeps.NoInput, "missing");
        Assert.False(Directory.Exists(_folder["x"]));
    }

    [Fact]
    public void FilesThatExistAreReplacedOnlyWithForce()
    {
        Write("a/c/1.pgm", Pgm(1, 1, 1));
        Write("b/c/1.ppm", Ppm(1, 1, 1, 2, 3));
        Converts("a", "out");
        byte[] before = File_("out/" + IdxNames[0]);
        Nodeps.AssertFault(Convert("a", "out"), Nodeps.CannotCreate, IdxNames[0], "--force");
        Nodeps.AssertFault(Convert("b", "out"), Nodeps.CannotCreate, IdxNames[0], "--force");
        Assert.Equal(before, File_("out/" + IdxNames[0]));
        Converts("a", "out", "--force");
        Converts("a", "png", "--png");
        Nodeps.AssertFault(Convert("a", "png", "--png", "--force"), Nodeps.CannotCreate, "png/train");
        Nodeps.AssertFault(Convert("a", "a/c/1.pgm"), Nodeps.CannotCreate, "1.pgm");
        Nodeps.AssertFault(Convert("a", "none/below"), Nodeps.CannotCreate, "below");
    }

    [Fact]
    public void AWrongListOfClassesIsRefused()
    {
        Write("a/c/1.pgm", Pgm(1, 1, 1));
        Write("a/d/1.pgm", Pgm(1, 1, 9));
        Converts("a", "idx", "--size", "28");
        Write("idx/classes.txt", "one\n\nthree\n"u8.ToArray());
        Nodeps.AssertFault(Nodeps.Run("train", "--data", _folder["idx"], "--out", _folder["m"]), Nodeps.Data, "classes.txt", "line 2");
        Write("idx/classes.txt", "one"u8.ToArray());
        Assert.Contains("idx/classes.txt: the number of names, 1, is not that of the classes, 10; it is not used",
            Nodeps.Succeed("train", "--data", _folder["idx"], "--net", "richard", "--out", _folder["m"]).Error, StringComparison.Ordinal);
        Write("idx/classes.txt", "one\r\ntwo\r\nthree"u8.ToArray());
        Assert.Contains("3 classes", Nodeps.Succeed("train", "--data", _folder["idx"], "--net", "richard", "--out", _folder["m"]).Output,
            StringComparison.Ordinal);
    }
}
