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

    [Fact]
    public void VersionIsOneLine()
    {
        ProcessResult result = Nodeps.Succeed("--version");
        string properties = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));
        string version = properties.Split("<Version>")[1].Split('<')[0];
        Assert.Matches(@"^\d+\.\d+\.\d+$", version);
        Assert.Equal($"nodeps {version}\n", result.Output);
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
    [InlineData("trian", "did you mean \"train\"?")]
    [InlineData("evaluate", "did you mean \"eval\"?")]
    [InlineData("--verison", "did you mean \"--version\"?")]
    [InlineData("help trian", "unknown command", "did you mean \"train\"?")]
    [InlineData("train --epoch 3", "did you mean \"--epochs\"?")]
    [InlineData("train --learning-rate 0.1", "did you mean \"--lr\"?")]
    [InlineData("train --batch-size=9", "did you mean \"--batch\"?")]
    [InlineData("train --thr 2", "did you mean \"--threads\"?")]
    [InlineData("train --EPOCHS 3", "did you mean \"--epochs\"?")]
    [InlineData("explain flaot 1", "did you mean \"float\"?")]
    [InlineData("lab crc33", "did you mean \"crc32\"?")]
    [InlineData("lab ctz --variant x86", "hardware and debruijn")]
    [InlineData("bench primitives strlne-4", "did you mean \"strlen-4\"?")]
    [InlineData("train --epochs 3 --batch 4 --epochs 3", "given twice", "--epochs")]
    [InlineData("eval --model x --std 0.5 --deviation 0.5", "given twice", "--deviation")]
    [InlineData("bench primitives --net pedestrian", "does not use", "--net")]
    [InlineData("bench peak --threads 2", "does not use", "--threads")]
    [InlineData("bench --kernel lanes conv", "bench conv does not use", "--kernel")]
    [InlineData("lab ctz --threads 2", "lab ctz does not use", "--threads")]
    [InlineData("lab gunzip --variant fast", "does not use", "--variant")]
    [InlineData("explain ctz 1 --all", "does not use", "--all")]
    [InlineData("describe --batch 3", "does not use", "--batch")]
    [InlineData("inspect --isa avx2 x", "unknown option", "--isa")]
    [InlineData("completion", "needs SHELL")]
    [InlineData("completion tcsh", "bash, zsh and fish")]
    [InlineData("man page", "unexpected argument", "page")]
    [InlineData("train --out --epochs 3", "option needs a value", "--out")]
    [InlineData("train --profile=yes", "takes no value", "--profile")]
    [InlineData("train --help=yes", "takes no value", "--help")]
    [InlineData("verify", "needs CASE.safetensors")]
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

    /// <summary>What --std was called; the old name is accepted and nowhere listed.</summary>
    [Fact]
    public void DeviationIsAnOldNameOfStd()
    {
        Nodeps.AssertFault(Nodeps.Run("eval", "--model", "/nowhere", "--deviation", "0.5"), Nodeps.NoInput, "/nowhere");
        Assert.DoesNotContain("--deviation", Nodeps.Succeed("eval", "--help").Output, StringComparison.Ordinal);
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
        Nodeps.AssertFault(Nodeps.Run("train", "--out", "", "--data="), Nodeps.Usage, "empty value for '--out'");
        Nodeps.AssertFault(Nodeps.Run("train", "--data=", "--out", ""), Nodeps.Usage, "empty value for '--data'");
        Nodeps.AssertFault(Nodeps.Run("inspect", ""), Nodeps.Usage, "empty argument");
        Assert.Equal(Nodeps.Usage, Nodeps.Run("train", new string('x', 100_000)).ExitCode);
    }
}
