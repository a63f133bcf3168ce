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

    private static readonly string[] Augmented =
        ["--shift", "1", "--rotate", "15", "--scale", "0.1", "--shear", "0.2", "--elastic", "20,4", "--flip", "--erase", "0.3"];

    /// <summary>The recipe's words are the options' ones, whoever does the work; each of them changes the result.</summary>
    [Fact]
    public void AugmentedImagesGiveTheSameBytesOnOneThreadAndOnTwoByOptionOrRecipe()
    {
        using var folder = new TestFolder();
        string net = folder.Write("net", """
            input 1x28x28
            maxpool kernel=2
            flatten
            dense 10
            loss softmax-cross-entropy

            """);
        string words = folder.Write("words", File.ReadAllText(net) +
            "recipe shift=1 rotate=15 scale=0.1 shear=0.2 elastic=20,4 flip=1 erase=0.3\n");
        byte[] one = Tensors("--net", net, "--threads", "1", Augmented);
        Assert.Equal(one, Tensors("--net", net, "--threads", "2", Augmented));
        Assert.Equal(one, Tensors("--net", words, "--threads", "2", []));
        for (int i = 2; i < Augmented.Length - 2; i += 2)
        {
            if (Augmented[i] == "--flip") i--;
            else Assert.NotEqual(one, Tensors("--net", net, "--threads", "2", [.. Augmented[..i], .. Augmented[(i + 2)..]]));
        }
        Assert.NotEqual(one, Tensors("--net", net, "--threads", "2", [.. Augmented.Where(word => word != "--flip")]));
    }

    private static byte[] Tensors(string a, string b, string c, string d, string[] more)
    {
        byte[] file = Train([a, b, c, d, .. more]);
        return file[(8 + (int)BitConverter.ToInt64(file))..];
    }

    [Avx512Fact]
    public void BothInstructionSetsGiveTheSameBytesOfAugmentedImages() =>
        Assert.Equal(Train([.. Augmented, "--isa", "avx2"]), Train([.. Augmented, "--isa", "avx512"]));

    [Theory]
    [InlineData("--elastic", "34")]
    [InlineData("--elastic", "34,0.1")]
    [InlineData("--elastic", "x,4")]
    [InlineData("--scale", "0.95")]
    [InlineData("--rotate", "181")]
    [InlineData("--shear", "-1")]
    public void AmountsOutOfRangeAreUsageErrors(string option, string value)
    {
        using var folder = new TestFolder();
        Nodeps.AssertFault(Nodeps.Run("train", "--data", Repository.SampleData, option, value, "--out", folder["m"]), Nodeps.Usage, option);
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
