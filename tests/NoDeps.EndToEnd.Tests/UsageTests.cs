using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Help, version, and command lines that are wrong.</summary>
public sealed class UsageTests
{
    [Fact]
    public void HelpListsTheCommands()
    {
        ProcessResult result = Nodeps.Succeed("--help");
        Assert.All(["train", "eval", "predict", "inspect", "describe", "verify", "gradcheck", "explain", "lab", "bench"],
            command => Assert.Contains(command, result.Output, StringComparison.Ordinal));
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("train", "--net", "--data", "--epochs", "--batch", "--lr", "--seed", "--threads", "--out", "--isa",
        "--optimizer", "--schedule", "--weight-decay", "--kernel", "--shift",
        "--label-smoothing")]
    [InlineData("eval", "--model", "--net", "--mean", "--deviation", "--data", "--json", "--kernel")]
    [InlineData("predict", "--model", "--net", "--mean", "--deviation", "--show", "--json")]
    [InlineData("inspect", "--show")]
    [InlineData("describe", "--batch", "--json")]
    [InlineData("lab", "strlen", "--variant")]
    [InlineData("bench", "conv", "--net", "--batch", "--seconds", "--isa", "--json")]
    [InlineData("explain", "ctz", "strlen", "float", "inflate", "conv", "--all")]
    [InlineData("gradcheck", "--net", "--batch", "--seed", "--tolerance", "--json", "--threads", "--isa")]
    public void HelpOfACommandListsItsOptions(string command, params string[] options)
    {
        ProcessResult result = Nodeps.Succeed(command, "--help");
        Assert.All(options, option => Assert.Contains(option, result.Output, StringComparison.Ordinal));
        Assert.Empty(result.Error);
    }

    [Fact]
    public void VersionIsOneLine()
    {
        ProcessResult result = Nodeps.Succeed("--version");
        Assert.Matches(@"^nodeps \d+\.\d+\.\d+\n$", result.Output);
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("--frobnicate", "--frobnicate")]
    [InlineData("train --frobnicate", "--frobnicate")]
    [InlineData("train --epochs", "--epochs")]
    [InlineData("train --epochs three", "--epochs", "three")]
    [InlineData("train --epochs -1", "--epochs", "-1")]
    [InlineData("train --epochs 99999999999999999999", "--epochs", "99999999999999999999")]
    [InlineData("train --batch 0", "--batch", "0")]
    [InlineData("train --lr fast", "--lr", "fast")]
    [InlineData("train --lr nan", "--lr", "nan")]
    [InlineData("train --lr 0.1x", "--lr", "0.1x")]
    [InlineData("train --seed ten", "--seed", "ten")]
    [InlineData("train --shift -1", "--shift", "-1")]
    [InlineData("train --shift 256", "--shift", "256")]
    [InlineData("eval --model x --shift 1", "--shift")]
    [InlineData("train --label-smoothing 1.5", "--label-smoothing", "1.5")]
    [InlineData("train --threads 0", "--threads", "0")]
    [InlineData("train --isa sse9", "--isa", "sse9")]
    [InlineData("train --kernel fastest", "--kernel", "fastest", "im2col")]
    [InlineData("train stray", "stray")]
    [InlineData("describe pedestrian --batch 0", "--batch", "0")]
    [InlineData("bench cow", "cow")]
    [InlineData("explain cow", "cow", "strlen")]
    [InlineData("explain ctz", "ctz")]
    [InlineData("explain ctz 1 2", "2")]
    [InlineData("explain ctz 18446744073709551616", "18446744073709551616")]
    [InlineData("explain popcount 0xg", "0xg")]
    [InlineData("explain float point", "point")]
    [InlineData("explain conv 5", "5")]
    [InlineData("explain conv 1 3", "3")]
    [InlineData("explain ctz 1 --seed 1", "--seed")]
    [InlineData("bench conv --seconds soon", "--seconds", "soon")]
    [InlineData("eval", "--model")]
    [InlineData("predict", "--model")]
    [InlineData("predict --model x", "image")]
    [InlineData("inspect", "file")]
    [InlineData("inspect --show many x", "--show", "many")]
    [InlineData("gradcheck stray", "stray")]
    [InlineData("gradcheck --tolerance some", "--tolerance", "some")]
    [InlineData("gradcheck --tolerance -1", "--tolerance", "-1")]
    [InlineData("gradcheck --epochs 3", "--epochs")]
    public void WrongCommandLinesSayWhatIsWrongAndSuggestHelp(string arguments, params string[] named)
    {
        ProcessResult result = Nodeps.Run(arguments.Split(' '));
        Assert.True(result.ExitCode == Nodeps.Usage, result.ToString());
        Assert.Empty(result.Output);
        Assert.StartsWith("nodeps: ", result.Error, StringComparison.Ordinal);
        Assert.All(named, part => Assert.Contains(part, result.Error, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutACommandThereIsHelp() =>
        Assert.Equal(Nodeps.Succeed("--help").Output, Nodeps.Succeed().Output);

    [Fact]
    public void AnOptionTakesItsValueAlsoAfterAnEqualsSign()
    {
        string file = Path.Combine(Repository.SampleData, DataSet.FileNames[2] + ".gz");
        Assert.Equal(Nodeps.Succeed("inspect", file, "--show", "1").Output,
            Nodeps.Succeed("inspect", "--show=1", file).Output);
    }

    [Fact]
    public void AnEmptyArgumentAndAVeryLongOneAreWrongCommandLines()
    {
        Assert.Equal(Nodeps.Usage, Nodeps.Run("").ExitCode);
        Assert.Equal(Nodeps.Usage, Nodeps.Run("train", new string('x', 100_000)).ExitCode);
    }
}
