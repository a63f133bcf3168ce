using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Looking into IDX files.</summary>
public sealed class InspectTests
{
    [Fact]
    public void ShowsTheHeaderOfAnImageFile()
    {
        ProcessResult result = Nodeps.Succeed("inspect", Path.Combine(Trained.Small.Data, DataSet.FileNames[0]));
        Assert.Contains("640 x 28 x 28", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void CountsTheClassesOfALabelFile()
    {
        ProcessResult result = Nodeps.Succeed("inspect",
            Path.Combine(Repository.SampleData, DataSet.FileNames[1] + ".gz"));
        Assert.Contains("4000", result.Output.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, DataSet.Classes), label =>
            Assert.Contains(result.OutputLines, line => System.Text.RegularExpressions.Regex.IsMatch(line,
                $@"\b{label}\b.*\b400\b")));
    }

    [Fact]
    public void DrawsAsManyImagesAsAsked()
    {
        string file = Path.Combine(Repository.SampleData, DataSet.FileNames[2] + ".gz");
        int none = Nodeps.Succeed("inspect", file).OutputLines.Length;
        int one = Nodeps.Succeed("inspect", file, "--show", "1").OutputLines.Length;
        int three = Nodeps.Succeed("inspect", file, "--show", "3").OutputLines.Length;
        Assert.InRange(one - none, 14, 32); // 28 rows, or half as many with two pixels in a character
        Assert.Equal(none + 3 * (one - none), three);
    }

    [Fact]
    public void ShowingMoreThanThereIsShowsAll()
    {
        using var folder = new TestFolder();
        string file = folder.Write("two-images", Idx.Bytes(new byte[2 * 28 * 28], 2, 28, 28));
        Assert.Equal(Nodeps.Succeed("inspect", file, "--show", "2").Output,
            Nodeps.Succeed("inspect", file, "--show", "5").Output);
    }
}
