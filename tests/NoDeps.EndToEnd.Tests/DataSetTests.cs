using System.IO.Compression;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Data sets as they circulate: names, places, formats, sizes and classes.</summary>
public sealed class DataSetTests : IDisposable
{
    private static readonly SmallSet Training = new(70), Test = new(30);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte")]
    [InlineData("TRAIN-IMAGES-IDX3-UBYTE", "TRAIN-LABELS-IDX1-UBYTE", "T10K-IMAGES-IDX3-UBYTE", "T10K-LABELS-IDX1-UBYTE")]
    [InlineData("train-images.bin", "train-labels.bin", "test-images.bin", "test-labels.bin")]
    [InlineData("train_images", "train_labels", "test_images", "test_labels")]
    public void NamesVary(params string[] names)
    {
        ReadOnlySpan<string> endings = ["", ".gz"];
        foreach (string ending in endings)
        {
            Write($"d{ending}", names, Training, Test, ending);
            AssertTrains($"d{ending}", "70 training and 30 test images of 28x28");
        }
    }

    [Fact]
    public void OfSeveralSetsOneIsChosen()
    {
        Write("root/MNIST/raw", DataSet.FileNames, Training, Test);
        Write("root/FashionMNIST/raw", DataSet.FileNames, new SmallSet(50), Test, ".gz");
        Nodeps.AssertFault(Train("root"), Nodeps.NoInput, "FashionMNIST, MNIST", "--set");
        Nodeps.AssertFault(Train("root", "--set", "KMNIST"), Nodeps.NoInput, "KMNIST", "FashionMNIST, MNIST");
        AssertTrains("root", "set FashionMNIST, 50 training", "--set", "fashionmnist");
        AssertTrains("root/MNIST", "70 training");
        Assert.Contains("30 test", Nodeps.Succeed("eval", "--model", _folder["m"], "--data", _folder["root"], "--set", "MNIST").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void QmnistHasItsClassesInTheFirstColumn()
    {
        string[] names = ["qmnist-train-images-idx3-ubyte", "qmnist-train-labels-idx2-int", "qmnist-test-images-idx3-ubyte",
            "qmnist-test-labels-idx2-int"];
        Write("q", names, Training, Test);
        foreach ((SmallSet set, string name) in new[] { (Training, names[1]), (Test, names[3]) })
        {
            byte[] rows = [.. set.Labels.SelectMany(label => new byte[] { label, 77, 1, 2, 3, 4, 5, 6 })];
            _folder.Write("q/" + name, SmallSet.Idx(0x0C, 4, rows, set.Count, 8));
        }
        AssertTrains("q", "70 training and 30 test");
    }

    [Fact]
    public void WhereNothingIsFoundTheNamesAndTheFolderAreTold()
    {
        Directory.CreateDirectory(_folder["d/sub"]);
        _folder.Write("d/readme.txt", "nothing here");
        _folder.Write("d/train.log", "nor here");
        Nodeps.AssertFault(Train("d"), Nodeps.NoInput, "train-images-idx3-ubyte", "mnist.npz", "readme.txt, sub, train.log");
        Directory.CreateDirectory(_folder["e"]);
        Nodeps.AssertFault(Train("e"), Nodeps.NoInput, "empty");
        Nodeps.AssertFault(Train("d/readme.txt"), Nodeps.NoInput, "readme.txt", "directory is expected");
        Nodeps.AssertFault(Train("none"), Nodeps.NoInput, "none", "no such file");
    }

    [Theory]
    [InlineData(DataSet.Classes, "adapted to 1x20x17 and 10 classes", 20, 17)]
    [InlineData(47, "adapted to 1x28x28 and 47 classes", 28, 28)]
    [InlineData(10, "adapted to 3x32x32 and 10 classes", 3, 32, 32)]
    public void ABuiltInNetworkIsAdapted(int classes, string told, params int[] shape)
    {
        Write("d", DataSet.FileNames, new SmallSet(3 * classes, classes, 0, shape), new SmallSet(classes, classes, 0, shape));
        AssertTrains("d", told);
        string images = string.Join('x', shape.Length == 2 ? [1, .. shape] : shape);
        Assert.Contains($"input     {images}, {classes} classes", Nodeps.Succeed("describe", _folder["m"]).Output,
            StringComparison.Ordinal);
        Nodeps.Succeed("eval", "--model", _folder["m"], "--data", _folder["d"]);
        Nodeps.Succeed("predict", "--model", _folder["m"], _folder["d/" + DataSet.FileNames[2]] + ":0-3", "--show");
    }

    [Fact]
    public void OnesOwnNetworkIsNot()
    {
        string net = _folder.Write("own.net", "input 1x28x28\nflatten\ndense 10\nloss softmax-cross-entropy\n");
        Write("d", DataSet.FileNames, new SmallSet(50, 10, 0, 20, 28), new SmallSet(20, 10, 0, 20, 28));
        Nodeps.AssertFault(Train("d", "--net", net), Nodeps.Data, "1x20x28", "1x28x28", "expected 28, found 20");
        Write("e", DataSet.FileNames, new SmallSet(60, 26), new SmallSet(26, 26));
        Nodeps.AssertFault(Train("e", "--net", net), Nodeps.Data, DataSet.FileNames[1], "expected 9, found 10");
        Write("f", DataSet.FileNames, new SmallSet(50, 10, 0, 3, 28, 28), new SmallSet(20, 10, 0, 3, 28, 28));
        Nodeps.AssertFault(Train("f", "--net", net), Nodeps.Data, "3x28x28", "1x28x28", "expected 1, found 3");
    }

    [Fact]
    public void ImagesTooSmallForANetworkAreAFault()
    {
        Write("d", DataSet.FileNames, new SmallSet(50, 10, 0, 4, 4), new SmallSet(20, 10, 0, 4, 4));
        Nodeps.AssertFault(Train("d"), Nodeps.Data, "pedestrian");
    }

    [Fact]
    public void EmnistCountsFromOneAndLiesOnItsSide()
    {
        string[] names = [.. new[] { "train-images-idx3", "train-labels-idx1", "test-images-idx3", "test-labels-idx1" }
            .Select(name => $"emnist-letters-{name}-ubyte")];
        SmallSet training = new(104, 26, 1), test = new(52, 26, 1);
        Write("d", names, training, test, ".gz");
        AssertTrains("d", "and 26 classes");
        AssertTrains("d", "labels from 1, images transposed, 104 training");
        byte[] model = Weights();
        Assert.Contains("labels from 1, images transposed, 52 test",
            Nodeps.Succeed("eval", "--model", _folder["m"], "--data", _folder["d"]).Output, StringComparison.Ordinal);

        // The same images on their feet and counted from 0, under names that say nothing.
        Write("e", DataSet.FileNames, training, test);
        foreach ((SmallSet set, int at) in new[] { (training, 0), (test, 2) })
        {
            byte[] upright = [.. Enumerable.Range(0, set.Images.Length).Select(i =>
                set.Images[i / 784 * 784 + i % 28 * 28 + i % 784 / 28])];
            _folder.Write("e/" + DataSet.FileNames[at], SmallSet.Idx(8, 1, upright, set.Dimensions));
            _folder.Write("e/" + DataSet.FileNames[at + 1], SmallSet.Idx(8, 1, [.. set.Labels.Select(l => (byte)(l - 1))], set.Count));
        }
        string output = Nodeps.Succeed(TrainArguments("e")).Output;
        Assert.DoesNotContain("from 1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("transposed", output, StringComparison.Ordinal);
        Assert.Equal(model, Weights());

        output = Nodeps.Succeed(TrainArguments("d", "--first-label", "0", "--transpose", "no")).Output;
        Assert.Contains("27 classes", output, StringComparison.Ordinal);
        Assert.DoesNotContain("transposed", output, StringComparison.Ordinal);
        Nodeps.AssertFault(Train("e", "--first-label", "1"), Nodeps.Data, DataSet.FileNames[1], "expected 1, found 0");
        AssertTrains("e", "images transposed", "--transpose", "yes");
    }

    [Fact]
    public void TenClassesFromOneToTenAreRecognized()
    {
        Write("d", DataSet.FileNames, new SmallSet(60, 10, 1), new SmallSet(20, 10, 1));
        AssertTrains("d", "labels from 1, 60 training");
    }

    [Fact]
    public void EveryLayoutOfTheSamePixelsTrainsTheSameModel()
    {
        SmallSet training = new(40, 10, 0, 3, 32, 32), test = new(20, 10, 0, 3, 32, 32);
        Write("planes", DataSet.FileNames, training, test);
        Write("points", DataSet.FileNames, training, test);
        foreach ((SmallSet set, int at) in new[] { (training, 0), (test, 2) })
        {
            byte[] points = [.. Enumerable.Range(0, set.Images.Length).Select(i =>
                set.Images[i / 3072 * 3072 + i % 3 * 1024 + i % 3072 / 3])];
            _folder.Write("points/" + DataSet.FileNames[at], SmallSet.Idx(8, 1, points, set.Count, 32, 32, 3));
        }
        Directory.CreateDirectory(_folder["cifar-10-batches-bin"]);
        _folder.Write("cifar-10-batches-bin/data_batch_1.bin", training.Cifar(0, 25));
        _folder.Write("cifar-10-batches-bin/data_batch_2.bin", training.Cifar(25, 15));
        _folder.Write("cifar-10-batches-bin/test_batch.bin", test.Cifar(0, 20));
        _folder.Write("cifar-10-batches-bin/batches.meta.txt", "airplane\n");
        AssertSameModels("planes", "points", "cifar-10-batches-bin");
    }

    [Fact]
    public void CifarOfAHundredClassesTrains()
    {
        SmallSet set = new(100, 100, 0, 3, 32, 32);
        Directory.CreateDirectory(_folder["d"]);
        _folder.Write("d/train.bin", set.Cifar(0, 100, isHundred: true));
        _folder.Write("d/test.bin", set.Cifar(0, 50, isHundred: true));
        AssertTrains("d", "adapted to 3x32x32 and 100 classes", "--net", "scratch");
        Assert.Contains("CIFAR-100 binary", Nodeps.Succeed("inspect", _folder["d/train.bin"]).Output, StringComparison.Ordinal);
        byte[] cut = set.Cifar(0, 50, isHundred: true)[..^7];
        Nodeps.AssertFault(TrainAfter("d/test.bin", cut), Nodeps.Data, "test.bin", "whole record");
    }

    [Fact]
    public void TheNetworkForCifarLearns()
    {
        SmallSet set = new(60, 10, 0, 3, 32, 32);
        Directory.CreateDirectory(_folder["d"]);
        _folder.Write("d/data_batch_1.bin", set.Cifar(0, 40));
        _folder.Write("d/test_batch.bin", set.Cifar(40, 20));
        ProcessResult result = Nodeps.Succeed("train", "--data", _folder["d"], "--net", "cifar", "--batch", "8", "--epochs", "6",
            "--out", _folder["m"]);
        Assert.InRange(Nodeps.Accuracy(result).Correct, 12, 20);
        Nodeps.Succeed("predict", "--model", _folder["m"], "--show",
            _folder.Write("x.npy", SmallSet.Npy(set.Images, set.Dimensions)) + ":0");
    }

    [Fact]
    public void EveryFormatOfTheSameImagesTrainsTheSameModel()
    {
        Write("idx", DataSet.FileNames, Training, Test);
        _folder.Write("stored.npz", SmallSet.Npz(Training, Test, CompressionLevel.NoCompression));
        _folder.Write("deflated.npz", SmallSet.Npz(Training, Test, CompressionLevel.Optimal));
        Directory.CreateDirectory(_folder["npz"]);
        _folder.Write("npz/mnist.npz", SmallSet.Npz(Training, Test, CompressionLevel.Fastest));
        Directory.CreateDirectory(_folder["npy"]);
        _folder.Write("npy/x_train.npy", SmallSet.Npy(Training.Images, Training.Dimensions));
        _folder.Write("npy/y_train.npy", SmallSet.Npy(Training.Labels, Training.Count));
        _folder.Write("npy/x_test.npy", SmallSet.Npy(Test.Images, Test.Dimensions));
        _folder.Write("npy/y_test.npy", SmallSet.Npy(Test.Labels, Test.Count));
        Directory.CreateDirectory(_folder["csv"]);
        _folder.Write("csv/mnist_train.csv", Training.Csv(header: true));
        _folder.Write("csv/mnist_test.csv", Test.Csv(header: false));
        AssertSameModels("idx", "stored.npz", "deflated.npz", "npz", "npy", "csv");
        Assert.Contains("30 test images", Nodeps.Succeed("eval", "--model", _folder["m"], "--data", _folder["csv/mnist_test.csv"]).Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0B, 2)]
    [InlineData(0x0C, 4)]
    [InlineData(0x0D, 4)]
    [InlineData(0x0E, 8)]
    public void EveryTypeAndShapeOfIdxTrainsTheSameModel(byte type, int size)
    {
        Write("bytes", DataSet.FileNames, Training, Test);
        Write("other", DataSet.FileNames, Training, Test);
        _folder.Write("other/" + DataSet.FileNames[0], SmallSet.Idx(type, size, Training.Images, Training.Count, 784));
        _folder.Write("other/" + DataSet.FileNames[1], SmallSet.Idx(type, size, Training.Labels, Training.Count, 1));
        _folder.Write("other/" + DataSet.FileNames[2], SmallSet.Idx(type, size, Test.Images, Test.Count, 28, 28, 1));
        AssertSameModels("bytes", "other");
    }

    [Fact]
    public void ATypeWhoseValuesAreNoPixelsIsNamed()
    {
        Write("d", DataSet.FileNames, Training, Test);
        Nodeps.AssertFault(TrainAfter("d/" + DataSet.FileNames[0], SmallSet.Idx(9, 1, Training.Images, 70, 28, 28)), Nodeps.Data,
            DataSet.FileNames[0], "int8", "not a pixel");
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html><body>404</body></html>\n", "HTML")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9912422\n", "Git LFS")]
    [InlineData("Access denied\n", "text")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0 and so on", "JPEG")]
    public void AFileThatIsSomethingElseIsToldByWhatItIs(string content, string told)
    {
        Write("d", DataSet.FileNames, Training, Test, ".gz");
        string name = DataSet.FileNames[0] + ".gz";
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(content);
        Nodeps.AssertFault(TrainAfter("d/" + name, bytes), Nodeps.Data, name, told);
        Nodeps.AssertFault(Nodeps.Run("inspect", _folder["d/" + name]), Nodeps.Data, name, told);
        Nodeps.AssertFault(TrainAfter("d/" + name, Idx.Gzip(bytes)), Nodeps.Data, name, told);
    }

    [Fact]
    public void ContentCountsNotTheName()
    {
        Write("d", DataSet.FileNames, Training, Test);
        Write("e", [.. DataSet.FileNames.Select((name, i) => i < 2 ? name : name + ".gz")], Training, Test);
        _folder.Write("e/" + DataSet.FileNames[1], Idx.Gzip(Training.LabelsIdx));
        _folder.Write("e/" + DataSet.FileNames[2] + ".gz", SmallSet.Npy(Test.Images, Test.Dimensions));
        AssertSameModels("d", "e");
    }

    [Fact]
    public void FewerImagesThanABatchTrain()
    {
        Write("d", DataSet.FileNames, new SmallSet(7, 5), new SmallSet(3, 3));
        AssertTrains("d", "7 training and 3 test images");
    }

    [Fact]
    public void WithoutATestSetItTrainsAndEvaluationNamesWhatIsMissing()
    {
        Directory.CreateDirectory(_folder["d"]);
        _folder.Write("d/train.csv", Training.Csv(header: true));
        foreach (string data in (string[])["d", "d/train.csv"])
        {
            ProcessResult result = Train(data);
            Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
            Assert.Contains(", 70 training images of ", result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("test accuracy", result.Output, StringComparison.Ordinal);
            Nodeps.AssertFault(Nodeps.Run("eval", "--model", _folder["m"], "--data", _folder[data]), Nodeps.NoInput,
                "no test images", "mnist_test.csv");
        }
    }

    [Fact]
    public void PipesAndStandardInputAreRead()
    {
        Write("d", DataSet.FileNames, Training, Test, ".gz");
        AssertTrains("d", "70 training");
        string images = _folder["d/" + DataSet.FileNames[2] + ".gz"];
        File.Delete(_folder["d/" + DataSet.FileNames[3] + ".gz"]);
        string wanted = Nodeps.Succeed("predict", "--model", _folder["m"], images + ":1", images + ":5-6").Output;
        const string Predict = """exec "$1" predict --model "$2" -:1 -:5-6 <"$3" """;
        ProcessResult result = Command.Shell(Predict, Repository.Binary, _folder["m"], images);
        Assert.Equal(wanted.Replace(images, "-", StringComparison.Ordinal), result.Output);
        result = Command.Shell("""cat "$2" | "$1" inspect - --show 1""", Repository.Binary, images);
        Assert.Contains("30 x 28 x 28", result.Output, StringComparison.Ordinal);
        result = Command.Shell("""mkfifo "$4/pipe" && { cat "$3" >"$4/pipe" & "$1" predict --model "$2" "$4/pipe:1" "$4/pipe:5-6"; }""",
            Repository.Binary, _folder["m"], images, _folder.Path);
        Assert.Equal(wanted.Replace(images, _folder["pipe"], StringComparison.Ordinal), result.Output);
    }

    [Fact]
    public void InspectTellsEveryFormat()
    {
        _folder.Write("a.npz", SmallSet.Npz(Training, Test, CompressionLevel.Optimal));
        Assert.Contains("x_test.npy, uint8, 30 x 28 x 28", Nodeps.Succeed("inspect", _folder["a.npz"], "--show", "1").Output,
            StringComparison.Ordinal);
        _folder.Write("a.npy", SmallSet.Npy(Training.Labels, Training.Count));
        Assert.Contains("class   9         7", Nodeps.Succeed("inspect", _folder["a.npy"]).Output, StringComparison.Ordinal);
        _folder.Write("a.csv.gz", Idx.Gzip(Test.Csv(header: true)));
        Assert.Contains("30 of 1x28x28", Nodeps.Succeed("inspect", _folder["a.csv.gz"], "--show", "2").Output, StringComparison.Ordinal);
    }

    /// <summary>Known before training: a model is saved, and nothing is evaluated at the end; half a test set is an accident.</summary>
    [Fact]
    public void AnArchiveWithoutTestArraysIsTrainedOn()
    {
        (string, byte[]) images = ("x_train", SmallSet.Npy(Training.Images, Training.Dimensions));
        (string, byte[]) labels = ("y_train", SmallSet.Npy(Training.Labels, Training.Count));
        (string, byte[]) testImages = ("x_test", SmallSet.Npy(Test.Images, Test.Dimensions));
        (string, byte[]) testLabels = ("y_test", SmallSet.Npy(Test.Labels, Test.Count));
        _folder.Write("a.npz", SmallSet.Npz(CompressionLevel.Fastest, images, labels));
        foreach (string[] options in new string[][] { [], ["--validation", "0.2"] })
        {
            ProcessResult result = Nodeps.Succeed(TrainArguments("a.npz", options));
            Assert.Contains(" images of 28x28; no test set\n", result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("test accuracy", result.Output, StringComparison.Ordinal);
            Nodeps.Succeed("describe", _folder["m"]);
            File.Delete(_folder["m"]);
        }
        Nodeps.AssertFault(Train("a.npz", "--test-every", "1"), Nodeps.NoInput, "a.npz", "no test set", "--test-every");
        _folder.Write("images.npz", SmallSet.Npz(CompressionLevel.Fastest, images, labels, testImages));
        Nodeps.AssertFault(Train("images.npz"), Nodeps.NoInput, "images.npz", "y_test", "x_test");
        _folder.Write("labels.npz", SmallSet.Npz(CompressionLevel.Fastest, testLabels, images, labels));
        Nodeps.AssertFault(Train("labels.npz", "--validation", "0.2"), Nodeps.NoInput, "labels.npz", "x_test");
        _folder.Write("wrong.npz", SmallSet.Npz(CompressionLevel.Fastest, images, ("y_train", SmallSet.Npy(Training.Labels, 7, 10))));
        Nodeps.AssertFault(Train("wrong.npz"), Nodeps.Data, "wrong.npz: y_train.npy: ");
        Assert.False(File.Exists(_folder["m"]));
        Assert.Contains("70 training images", Nodeps.Succeed("convert", _folder["a.npz"], _folder["c"]).Output,
            StringComparison.Ordinal);
        Assert.Equal(["train-images-idx3-ubyte", "train-labels-idx1-ubyte"],
            Directory.GetFiles(_folder["c"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    private static readonly string[] Small = ["--epochs", "1", "--batch", "16"];

    private string[] TrainArguments(string data, params string[] more) =>
        ["train", "--data", _folder[data], "--out", _folder["m"], .. Small, .. more];

    private ProcessResult Train(string data, params string[] more) => Nodeps.Run(TrainArguments(data, more));

    private void AssertTrains(string data, string told, params string[] more) =>
        Assert.Contains(told, Nodeps.Succeed(TrainArguments(data, more)).Output, StringComparison.Ordinal);

    private ProcessResult TrainAfter(string file, byte[] content)
    {
        _folder.Write(file, content);
        return Train(Path.GetDirectoryName(file)!);
    }

    /// <summary>The tensors of the model that was trained last: its header names the classes where the data set is known.</summary>
    private byte[] Weights()
    {
        byte[] file = File.ReadAllBytes(_folder["m"]);
        return file[(8 + (int)BitConverter.ToInt64(file))..];
    }

    private void AssertSameModels(params string[] data)
    {
        byte[]? first = null;
        foreach (string each in data)
        {
            Nodeps.Succeed(TrainArguments(each));
            byte[] model = Weights();
            Assert.Equal(first ??= model, model);
        }
    }

    private void Write(string data, string[] names, SmallSet training, SmallSet test, string ending = "")
    {
        Directory.CreateDirectory(_folder[data]);
        byte[][] files = [training.ImagesIdx(), training.LabelsIdx, test.ImagesIdx(), test.LabelsIdx];
        for (int i = 0; i < files.Length; i++)
        {
            _folder.Write($"{data}/{names[i]}{ending}", ending.Length > 0 ? Idx.Gzip(files[i]) : files[i]);
        }
    }
}
