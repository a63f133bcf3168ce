using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The same seed gives the same model file, byte for byte, whatever does the work.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void OneThreadAndTwoAndThreeGiveTheSameBytes()
    {
        byte[] one = Train("--threads", "1");
        Assert.Equal(one, Train("--threads", "2"));
        Assert.Equal(one, Train("--threads", "3"));
    }

    [Fact]
    public void ASecondRunGivesTheSameBytesAndAnotherSeedDoesNot()
    {
        byte[] first = Train();
        Assert.Equal(first, Train());
        Assert.NotEqual(first, Train("--seed", "2"));
    }

    [Fact]
    public void ShiftedImagesGiveTheSameBytesOnOneThreadAndOnTwo()
    {
        byte[] one = Train("--shift", "2", "--threads", "1");
        Assert.Equal(one, Train("--shift", "2", "--threads", "2"));
        Assert.NotEqual(one, Train("--threads", "1"));
        Assert.NotEqual(one, Train("--shift", "1", "--threads", "1"));
    }

    [Avx512Fact]
    public void BothInstructionSetsGiveTheSameBytesOfShiftedImages() =>
        Assert.Equal(Train("--shift", "2", "--isa", "avx2"), Train("--shift", "2", "--isa", "avx512"));

    [Avx512Fact]
    public void BothInstructionSetsGiveTheSameBytes() => Assert.Equal(Train("--isa", "avx2"), Train("--isa", "avx512"));

    [Avx512Fact]
    public void BothInstructionSetsGiveTheSameBytesForLochman() => Assert.Equal(
        Train("--net", "lochman", "--isa", "avx2", "--threads", "2"),
        Train("--net", "lochman", "--isa", "avx512", "--threads", "1"));

    /// <summary>One epoch of the sample data; the model file's bytes.</summary>
    private static byte[] Train(params string[] options)
    {
        using var folder = new TestFolder();
        string[] seed = options.Contains("--seed") ? [] : ["--seed", "1"];
        Nodeps.Succeed(["train", "--data", Repository.SampleData, "--epochs", "1", "--out", folder["m"], .. seed,
            .. options]);
        return File.ReadAllBytes(folder["m"]);
    }
}
