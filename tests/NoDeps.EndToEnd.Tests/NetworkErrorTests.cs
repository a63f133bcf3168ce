using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Network descriptions that are wrong: the sentence names file and line.</summary>
public sealed class NetworkErrorTests
{
    [Theory]
    [InlineData("input 1x28x28\nflatten\nfrobnicate 3\ndense 10\nloss softmax-cross-entropy\n", 3, "frobnicate")]
    [InlineData("input 1x28x28\nconv 6 kernel=5\ndense 10\nloss softmax-cross-entropy\n", 3, "flatten")]
    [InlineData("input 1x28x28\n# a comment\n\nconv 6 kernel=99\nflatten\ndense 10\nloss squared-error\n", 4, "")]
    [InlineData("input 1x28x28\nconv\nflatten\ndense 10\nloss softmax-cross-entropy\n", 2, "")]
    [InlineData("input 1x28x28\nflatten\ndense ten\nloss softmax-cross-entropy\n", 3, "ten")]
    [InlineData("input 1x28x28\nflatten\ndense 10\nloss best\n", 4, "best")]
    [InlineData("input 1x28x28\nshortcut back=9\nflatten\ndense 10\nloss softmax-cross-entropy\n", 2, "")]
    [InlineData("conv 6 kernel=5\nflatten\ndense 10\nloss softmax-cross-entropy\n", 1, "input")]
    public void TheLineIsNamed(string description, int line, string contained)
    {
        using var folder = new TestFolder();
        string net = folder.Write("wrong.net", description);
        Nodeps.AssertFault(Train(net, folder), Nodeps.Data, $"wrong.net: line {line}: ", contained);
        Assert.Equal(["wrong.net"], folder.Names);
    }

    [Fact]
    public void TheSentenceSaysWhatWouldBeRight()
    {
        using var folder = new TestFolder();
        string net = folder.Write("wrong.net",
            "input 1x28x28\nconv 6 kernel=5\nmaxpool kernel=2\nconv 16 kernel=5\nmaxpool kernel=2\nrelu\ndense 120\n");
        foreach (ProcessResult result in new[] { Train(net, folder), Nodeps.Run("describe", net) })
        {
            Assert.Equal($"nodeps: {net}: line 7: dense 120 after 16x4x4: add \"flatten\" before it",
                Nodeps.AssertFault(result, Nodeps.Data));
            Assert.Empty(result.Output);
        }
    }

    [Theory]
    [InlineData("covn 6 kernel=5", "did you mean \"conv\"?")]
    [InlineData("conv 6 kernle=5", "did you mean \"kernel=\"?")]
    [InlineData("conv 6 kernel=99", "kernel=28x28 is the largest that fits")]
    [InlineData("conv 6 kernel=5 relu", "a separate line")]
    [InlineData("maxpool kernel=2 pad=2", "pad=1x1 is the maximum")]
    [InlineData("shortcut back=1", "a layer or more", "back=2")]
    [InlineData("conv 6 kernel=5\nshortcut back=2", "no earlier output")]
    [InlineData("flatten\nconv 6 kernel=5", "line 2")]
    [InlineData("flatten\ndense 10\nloss cross-entropy", "did you mean \"softmax-cross-entropy\"?")]
    [InlineData("flatten\nloss squared-error", "dense 10")]
    [InlineData("flatten\ndense 10", "loss softmax-cross-entropy")]
    public void EachErrorHasAdviceOfItsOwn(string lines, params string[] advice)
    {
        using var folder = new TestFolder();
        string sentence = Nodeps.AssertFault(Nodeps.Run("describe", folder.Write("wrong.net", $"input 1x28x28\n{lines}\n")),
            Nodeps.Data, "wrong.net: line ");
        Assert.Contains(advice, part => sentence.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("input 1x28x28\nflatten\ndense 10\n")]
    public void ADescriptionThatEndsTooSoonIsAFault(string description)
    {
        using var folder = new TestFolder();
        Nodeps.AssertFault(Train(folder.Write("short.net", description), folder), Nodeps.Data, "short.net");
    }

    [Fact]
    public void ANetworkThatIsNeitherBuiltInNorAFileIsAFault()
    {
        using var folder = new TestFolder();
        ProcessResult result = Train("no-such-network", folder);
        Assert.True(result.ExitCode is Nodeps.NoInput or Nodeps.Usage, result.ToString());
        Nodeps.AssertFault(result, result.ExitCode, "no-such-network");
    }

    [Fact]
    public void BytesThatAreNoTextAreAFault()
    {
        using var folder = new TestFolder();
        var noise = new byte[5000];
        new Random(6).NextBytes(noise);
        Nodeps.AssertFault(Train(folder.Write("noise.net", noise), folder), Nodeps.Data, "noise.net");
    }

    private static ProcessResult Train(string net, TestFolder folder) => Nodeps.Run("train", "--net", net, "--data",
        Trained.Small.Data, "--epochs", "1", "--out", folder["m"]);
}
