using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Data that is wrong: each fault is one sentence naming the file, and the right exit code.</summary>
public sealed class DataErrorTests
{
    private const int TrainImages = 0, TrainLabels = 1, TestImages = 2, TestLabels = 3;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(40_000)]
    public void ATruncatedFileIsAFaultWithItsOffset(int length)
    {
        string sentence = Nodeps.AssertFault(TrainWith(TrainImages, file => file[..length]), Nodeps.Data,
            DataSet.FileNames[TrainImages]);
        Assert.Matches(length == 0 ? "empty" : "expected .*found", sentence);
    }

    [Fact]
    public void AFileWithBytesToSpareIsAFault() => Nodeps.AssertFault(
        TrainWith(TestLabels, file => [.. file, 1, 2, 3]), Nodeps.Data, DataSet.FileNames[TestLabels]);

    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(-1)]
    [InlineData(-9)]
    public void ATruncatedGzipFileIsAFault(int length) => Nodeps.AssertFault(
        TrainWith(TrainImages, file => length < 0 ? file[..^-length] : file[..length], gzip: true), Nodeps.Data,
        DataSet.FileNames[TrainImages] + ".gz");

    [Fact]
    public void EveryFlippedBitOfAGzipFileIsNoticed()
    {
        using var folder = new TestFolder();
        byte[] sound = Idx.Gzip(new DataSet(train: 20, test: 10).Files[TrainImages]);
        var random = new Random(3);
        const int HeaderBytes = 10; // magic, method, flags; then time, extra flags and system, which mean nothing
        for (int i = 0; i < 40; i++)
        {
            byte[] corrupt = [.. sound];
            int at = random.Next(HeaderBytes, corrupt.Length);
            corrupt[at] ^= (byte)(1 << random.Next(8));
            Nodeps.AssertFault(Nodeps.Run("inspect", folder.Write("images.gz", corrupt)), Nodeps.Data, "images.gz");
        }
    }

    [Fact]
    public void RandomBytesAreAFault()
    {
        using var folder = new TestFolder();
        var noise = new byte[50_000];
        new Random(4).NextBytes(noise);
        Nodeps.AssertFault(Nodeps.Run("inspect", folder.Write("noise", noise)), Nodeps.Data, "noise");
        noise[0] = 0x1F;
        noise[1] = 0x8B;
        Nodeps.AssertFault(Nodeps.Run("inspect", folder.Write("noise.gz", noise)), Nodeps.Data, "noise.gz");
    }

    [Fact]
    public void AnEmptyFileIsAFault()
    {
        using var folder = new TestFolder();
        Nodeps.AssertFault(Nodeps.Run("inspect", folder.Write("nothing", "")), Nodeps.Data, "nothing", "empty");
    }

    [Fact]
    public void LabelsWhereImagesAreExpectedAreAFault()
    {
        byte[] labels = new DataSet(train: 64, test: 16).Files[TrainLabels];
        Nodeps.AssertFault(TrainWith(TrainImages, _ => labels), Nodeps.Data, DataSet.FileNames[TrainImages]);
    }

    [Fact]
    public void ImagesWhereLabelsAreExpectedAreAFault()
    {
        byte[] images = new DataSet(train: 64, test: 16).Files[TestImages];
        Nodeps.AssertFault(TrainWith(TestLabels, _ => images), Nodeps.Data, DataSet.FileNames[TestLabels]);
    }

    [Theory]
    [InlineData(uint.MaxValue, uint.MaxValue, uint.MaxValue)]
    [InlineData(0x80000000u, 0x80000000u, 4u)] // 2^64: a product that wraps to 0
    [InlineData(60_000u, 28u, 0x7FFFFFFFu)]
    public void HugeDimensionsAreAFaultAndTakeNoMemory(uint count, uint rows, uint columns)
    {
        using var folder = new TestFolder();
        byte[] file = Idx.Bytes(new byte[28 * 28], count, rows, columns);
        Nodeps.AssertFault(Nodeps.Run("inspect", folder.Write("huge", file)), Nodeps.Data, "huge");
        Nodeps.AssertFault(Nodeps.Run("inspect", folder.Write("huge.gz", Idx.Gzip(file))), Nodeps.Data, "huge.gz");
        Nodeps.AssertFault(TrainWith(TrainImages, _ => file), Nodeps.Data, DataSet.FileNames[TrainImages]);
    }

    [Fact]
    public void ALabelOutOfRangeIsAFault() => Nodeps.AssertFault(
        TrainWith(TrainLabels, file => { file[8 + 5] = 200; return file; }), Nodeps.Data,
        DataSet.FileNames[TrainLabels], "200");

    [Fact]
    public void MoreImagesThanLabelsAreAFault()
    {
        byte[] fewer = new DataSet(train: 50, test: 16).Files[TrainLabels];
        Nodeps.AssertFault(TrainWith(TrainLabels, _ => fewer), Nodeps.Data, DataSet.FileNames[TrainLabels], "64", "50");
    }

    [Fact]
    public void TestImagesOfAnotherSizeAreAFault() => Nodeps.AssertFault(
        TrainWith(TestImages, _ => Idx.Bytes(new byte[16 * 27 * 28], 16, 27, 28)), Nodeps.Data,
        DataSet.FileNames[TestImages], "27");

    [Theory]
    [InlineData(TrainImages)]
    [InlineData(TrainLabels)]
    [InlineData(TestImages)]
    [InlineData(TestLabels)]
    public void AMissingFileIsAFault(int file)
    {
        using var folder = new TestFolder();
        string data = new DataSet(train: 64, test: 16).WriteTo(folder["data"]);
        File.Delete(Path.Combine(data, DataSet.FileNames[file]));
        Nodeps.AssertFault(Train(data), Nodeps.NoInput, DataSet.FileNames[file]);
    }

    [Fact]
    public void AMissingFolderIsAFault() =>
        Nodeps.AssertFault(Train("/nowhere/at/all"), Nodeps.NoInput, "/nowhere/at/all");

    [Fact]
    public void AFolderWhereAFileIsExpectedIsAFault()
    {
        using var folder = new TestFolder();
        ProcessResult result = Nodeps.Run("inspect", folder.Path);
        Assert.True(result.ExitCode is Nodeps.Data or Nodeps.NoInput, result.ToString());
        Nodeps.AssertFault(result, result.ExitCode, folder.Path);
    }

    [Fact]
    public void AMissingModelIsAFault() => Nodeps.AssertFault(
        Nodeps.Run("eval", "--model", "/nowhere/model", "--data", Trained.Small.Data), Nodeps.NoInput,
        "/nowhere/model");

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(-1)]
    public void ATruncatedModelIsAFault(int length)
    {
        using var folder = new TestFolder();
        byte[] model = File.ReadAllBytes(Trained.Small.Model);
        string cut = folder.Write("cut.safetensors", length < 0 ? model[..^-length] : model[..length]);
        Nodeps.AssertFault(Nodeps.Run("eval", "--model", cut, "--data", Trained.Small.Data), Nodeps.Data,
            "cut.safetensors");
        Nodeps.AssertFault(Nodeps.Run("predict", "--model", cut, Trained.Small.Image(0)), Nodeps.Data,
            "cut.safetensors");
    }

    [Fact]
    public void ADataFileWhereAModelIsExpectedIsAFault()
    {
        string file = Path.Combine(Trained.Small.Data, DataSet.FileNames[0]);
        Nodeps.AssertFault(Nodeps.Run("eval", "--model", file, "--data", Trained.Small.Data), Nodeps.Data, file);
    }

    [Fact]
    public void ACorruptModelHeaderNeverCrashes()
    {
        using var folder = new TestFolder();
        byte[] sound = File.ReadAllBytes(Trained.Small.Model);
        var random = new Random(5);
        long header = BitConverter.ToInt64(sound);
        for (int i = 0; i < 40; i++)
        {
            byte[] corrupt = [.. sound];
            corrupt[random.Next(8 + (int)header)] ^= (byte)(1 << random.Next(8));
            ProcessResult result = Nodeps.Run("eval", "--model", folder.Write("m", corrupt), "--data",
                Trained.Small.Data);
            Assert.True(result.ExitCode is Nodeps.Success or Nodeps.Data, result.ToString());
        }
    }

    /// <summary>Trains on a small data set one of whose files was changed.</summary>
    private static ProcessResult TrainWith(int file, Func<byte[], byte[]> change, bool gzip = false)
    {
        using var folder = new TestFolder();
        string data = new DataSet(train: 64, test: 16).WriteTo(folder["data"], gzip);
        string path = Path.Combine(data, DataSet.FileNames[file] + (gzip ? ".gz" : ""));
        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
        ProcessResult result = Nodeps.Run("train", "--data", data, "--epochs", "1", "--out", folder["m"]);
        Assert.False(File.Exists(folder["m"]), result.ToString());
        return result;
    }

    private static ProcessResult Train(string data)
    {
        using var folder = new TestFolder();
        return Nodeps.Run("train", "--data", data, "--epochs", "1", "--out", folder["m"]);
    }
}
