using System.Globalization;
using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Classifying single images of an IDX file, named FILE:INDEX.</summary>
public sealed class PredictTests
{
    [Fact]
    public void PrintsALineAnImageInTheOrderAsked()
    {
        Trained small = Trained.Small;
        string[] images = [small.Image(17), small.Image(0), small.Image(99)];
        ProcessResult result = Nodeps.Succeed(["predict", "--model", small.Model, .. images]);
        Assert.Equal(images.Length, result.OutputLines.Length);
        for (int i = 0; i < images.Length; i++)
        {
            Assert.Matches($@"^{Regex.Escape(images[i])}  (\d)  \(\1: \d{{1,3}}\.\d\d%", result.OutputLines[i]);
        }
    }

    [Fact]
    public void ClassifiesTheTestSetAsEvalDoes()
    {
        Trained small = Trained.Small;
        string[] images = [.. Enumerable.Range(0, small.Set.TestLabels.Length).Select(small.Image)];
        ProcessResult result = Nodeps.Succeed(["predict", "--model", small.Model, .. images]);
        int correct = result.OutputLines.Where((line, i) => Class(line, images[i]) == small.Set.TestLabels[i]).Count();
        Assert.Equal(Nodeps.Accuracy(small.Result).Correct, correct);
    }

    [Fact]
    public void ARangeOfImagesIsThatOfItsMembers()
    {
        Trained small = Trained.Small;
        string range = small.Image(3) + "-6";
        Assert.Equal(
            Nodeps.Succeed("predict", "--model", small.Model, small.Image(3), small.Image(4), small.Image(5),
                small.Image(6)).Output,
            Nodeps.Succeed("predict", "--model", small.Model, range).Output);
    }

    [Fact]
    public void JsonIsOneObjectALine()
    {
        Trained small = Trained.Small;
        string text = Nodeps.Succeed("predict", "--model", small.Model, small.Image(8)).Output;
        ProcessResult result = Nodeps.Succeed("predict", "--json", "--model", small.Model, small.Image(8));
        using var json = System.Text.Json.JsonDocument.Parse(Assert.Single(result.OutputLines));
        Assert.Equal(Class(text, small.Image(8)), json.RootElement.GetProperty("class").GetInt32());
        Assert.Equal(8, json.RootElement.GetProperty("image").GetInt32());
        Assert.InRange(json.RootElement.GetProperty("probability").GetDouble(), 0.1, 1.0);
    }

    [Fact]
    public void ReadsGzippedImages()
    {
        using var folder = new TestFolder();
        Trained small = Trained.Small;
        string file = folder.Write("t.gz", Idx.Gzip(small.Set.Files[2]));
        ProcessResult packed = Nodeps.Succeed("predict", "--model", small.Model, $"{file}:5");
        ProcessResult plain = Nodeps.Succeed("predict", "--model", small.Model, small.Image(5));
        Assert.Equal(Class(plain.Output, small.Image(5)), Class(packed.Output, $"{file}:5"));
    }

    /// <summary>The first images of a gzip file come without the rest of it, later ones with more of it.</summary>
    [Fact]
    public void GzippedImagesMayBeAskedForInAnyOrder()
    {
        using var folder = new TestFolder();
        Trained small = Trained.Small;
        string file = folder.Write("t.gz", Idx.Gzip(small.Set.Files[2]));
        string[] places = ["2", "0", "1-3", "97-99", "4"];
        string[] command = ["predict", "--json", "--model", small.Model];
        string unpacked = folder.Write("t", small.Set.Files[2]);
        string plain = Nodeps.Succeed([.. command, .. places.Select(place => $"{unpacked}:{place}")]).Output;
        string packed = Nodeps.Succeed([.. command, .. places.Select(place => $"{file}:{place}")]).Output;
        Assert.Equal(plain.Replace(unpacked, file, StringComparison.Ordinal), packed);
        Nodeps.AssertFault(Nodeps.Run("predict", "--model", small.Model, $"{file}:1", $"{file}:100"), Nodeps.Data, "100");
    }

    /// <summary>What is asked for is read; what is damaged before it, or in the file's length, is found.</summary>
    [Fact]
    public void ADamagedGzipFileIsAFaultAsFarAsItIsRead()
    {
        using var folder = new TestFolder();
        Trained small = Trained.Small;
        byte[] packed = Idx.Gzip(small.Set.Files[2]);
        Nodeps.AssertFault(Nodeps.Run("predict", "--model", small.Model, $"{folder.Write("cut.gz", packed[..^9])}:0"), Nodeps.Data,
            "cut.gz");
        packed[^1] ^= 1;
        Nodeps.AssertFault(Nodeps.Run("predict", "--model", small.Model, $"{folder.Write("long.gz", packed)}:0"), Nodeps.Data,
            "long.gz");
        packed[^1] ^= 1;
        packed[^5] ^= 1;
        string sum = folder.Write("sum.gz", packed);
        Nodeps.Succeed("predict", "--model", small.Model, $"{sum}:0");
        Nodeps.AssertFault(Nodeps.Run("predict", "--model", small.Model, $"{sum}:99"), Nodeps.Data, "sum.gz", "CRC-32");
    }

    [Theory]
    [InlineData(":100")]
    [InlineData(":18446744073709551616")]
    public void AnIndexBeyondTheFileIsAFault(string suffix)
    {
        string image = Path.Combine(Trained.Small.Data, DataSet.FileNames[2]) + suffix;
        ProcessResult result = Nodeps.Run("predict", "--model", Trained.Small.Model, image);
        Assert.True(result.ExitCode is Nodeps.Usage or Nodeps.Data, result.ToString());
        Nodeps.AssertFault(result, result.ExitCode, suffix[1..]);
    }

    [Fact]
    public void AnImageFileThatIsMissingIsAFault() => Nodeps.AssertFault(
        Nodeps.Run("predict", "--model", Trained.Small.Model, "/nowhere/images:0"), Nodeps.NoInput, "/nowhere/images");

    [Fact]
    public void ImagesOfAnotherSizeAreAFault()
    {
        using var folder = new TestFolder();
        string file = folder.Write("small-images", Idx.Bytes(new byte[2 * 20 * 20], 2, 20, 20));
        Nodeps.AssertFault(Nodeps.Run("predict", "--model", Trained.Small.Model, $"{file}:0"), Nodeps.Data,
            "small-images", "28", "20");
    }

    /// <summary>The class, which follows the image's name.</summary>
    private static int Class(string line, string image) =>
        int.Parse(Regex.Match(line, $@"^{Regex.Escape(image)}  (\d+)\b").Groups[1].Value, CultureInfo.InvariantCulture);

    [Fact]
    public void ANetworkTrainedBySquaredErrorTellsScores()
    {
        using var folder = new TestFolder();
        Nodeps.Succeed("train", "--net", "richard", "--data", Trained.Small.Data, "--epochs", "1", "--out", folder["m"]);
        string image = Path.Combine(Trained.Small.Data, DataSet.FileNames[2]) + ":0";
        ProcessResult result = Nodeps.Succeed("predict", "--model", folder["m"], image);
        Assert.Matches(@"^\S+:0  (\d)  \(scores \1: \d\.\d{4}, \d: ", result.Output);
        using var json = System.Text.Json.JsonDocument.Parse(Nodeps.Succeed("predict", "--json", "--model", folder["m"], image).Output);
        int best = json.RootElement.GetProperty("class").GetInt32();
        Assert.Equal(json.RootElement.GetProperty("score").GetDouble(), json.RootElement.GetProperty("outputs")[best].GetDouble());
        Assert.False(json.RootElement.TryGetProperty("probability", out _));
    }
}
