using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>One source, three targets: the bare binary, NativeAOT and the JIT compute the same bits.</summary>
public sealed class TargetTests
{
    [Theory]
    [InlineData("pedestrian")]
    [InlineData("richard")]
    public void TheJitTrainsTheSameModel(string net) => AssertSameModel("jit", net);

    [NativeAotTheory]
    [InlineData("lochman")]
    [InlineData("pedestrian")]
    [InlineData("pedestrian-shortcut")]
    [InlineData("richard")]
    [InlineData("scratch")]
    [InlineData("vardhan")]
    public void NativeAotTrainsTheSameModel(string net) => AssertSameModel("aot", net);

    /// <summary>Help, results and errors: the same exit code and text, whatever compiled the program.</summary>
    [Theory]
    [MemberData(nameof(CommandLines))]
    public void TheJitPrintsTheSame(string arguments) => AssertSameOutput("jit", arguments);

    [NativeAotTheory]
    [MemberData(nameof(CommandLines))]
    public void NativeAotPrintsTheSame(string arguments) => AssertSameOutput("aot", arguments);

    public static TheoryData<string> CommandLines => new("--version", "--help", "train --help", "describe pedestrian --isa avx2",
        "eval --model MODEL --data DATA", "predict --json --model MODEL IMAGES:0-9", "predict --model DATA IMAGES:0",
        "predict --model MODEL IMAGES:1000000", "inspect IMAGES --show 3", "inspect MODEL", "train --epochs many",
        "train --data /nowhere --out x");

    private static void AssertSameModel(string target, string net)
    {
        using var folder = new TestFolder();
        string[] options = ["train", "--net", net, "--data", Trained.Small.Data, "--epochs", "1", "--seed", "3", "--out"];
        Nodeps.Succeed([.. options, folder["bare"]]);
        ProcessResult result = Target.Run(target, [.. options, folder["other"]]);
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        Assert.Equal(File.ReadAllBytes(folder["bare"]), File.ReadAllBytes(folder["other"]));
    }

    private static void AssertSameOutput(string target, string arguments)
    {
        string[] words = [.. arguments.Split(' ').Select(word => word
            .Replace("MODEL", Trained.Small.Model, StringComparison.Ordinal)
            .Replace("IMAGES", Trained.Small.Image(0)[..^2], StringComparison.Ordinal)
            .Replace("DATA", Trained.Small.Data, StringComparison.Ordinal))];
        ProcessResult bare = Nodeps.Run(words);
        ProcessResult other = Target.Run(target, words);
        Assert.Equal(bare.ExitCode, other.ExitCode);
        Assert.Equal(bare.Output, other.Output);
        Assert.Equal(bare.Error, other.Error);
    }
}
