using System.Text.Json;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The program checks gradients against finite differences.</summary>
public sealed class GradcheckTests
{
    private const string Wide = """
        input 2x9x7
        conv 4 kernel=3x2 stride=2x1 pad=1x0   # rectangular
        leakyrelu slope=0.1
        maxpool kernel=3x2 stride=1x2 pad=1x0
        batchnorm
        conv 4 kernel=3 pad=1
        shortcut back=2
        dropout 0.3
        flatten
        dense 9
        tanh
        dense 5
        loss squared-error
        """;

    [Theory]
    [InlineData("scratch")]
    [InlineData("richard")]
    [InlineData("pedestrian")]
    [InlineData("vardhan")]
    [InlineData("lochman")]
    [InlineData("pedestrian-shortcut")]
    public void EveryBuiltInNetworkPasses(string net)
    {
        ProcessResult result = Nodeps.Succeed("gradcheck", "--net", net);
        Assert.Contains("loss ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void AnyDescriptionPassesWithAnySeedBatchAndThreads()
    {
        using var folder = new TestFolder();
        string net = folder.Write("wide.net", Wide + "\n");
        foreach (string seed in new[] { "1", "2", "3" })
        {
            ProcessResult one = Nodeps.Succeed("gradcheck", "--net", net, "--seed", seed, "--batch", "33", "--threads", "1");
            Assert.Contains("  0 conv 4 kernel=3x2 stride=2x1 pad=1x0 ", one.Output, StringComparison.Ordinal);
            Assert.Contains("sum", one.Output, StringComparison.Ordinal);
            Assert.Equal(one.Output, Nodeps.Succeed("gradcheck", "--net", net, "--seed", seed, "--batch", "33",
                "--threads", "3").Output);
        }
    }

    [Fact]
    public void JsonIsOneLine()
    {
        ProcessResult result = Nodeps.Succeed("gradcheck", "--net", "richard", "--batch", "5", "--json");
        Assert.Single(result.OutputLines);
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        Assert.True(root.GetProperty("passed").GetBoolean());
        Assert.Equal(5, root.GetProperty("batch").GetInt32());
        JsonElement[] gradients = [.. root.GetProperty("gradients").EnumerateArray()];
        Assert.Equal("conv 6 kernel=5", gradients[0].GetProperty("text").GetString());
        Assert.All(gradients, gradient => Assert.InRange(gradient.GetProperty("error").GetDouble(), 0, 1e-4));
    }

    /// <summary>float32 is not exact, so nothing passes; the cause named is the loss, where backpropagation begins.</summary>
    [Fact]
    public void AToleranceOfNothingFails()
    {
        ProcessResult result = Nodeps.Run("gradcheck", "--net", "richard", "--tolerance", "0");
        Nodeps.AssertFault(result, 1, "richard", "input of loss squared-error");
        Assert.Contains("WRONG", result.Output, StringComparison.Ordinal);
        result = Nodeps.Run("gradcheck", "--net", "richard", "--tolerance", "0", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.False(JsonDocument.Parse(result.Output).RootElement.GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void AWrongDescriptionAndABatchThatIsTooLargeAreFaults()
    {
        using var folder = new TestFolder();
        string net = folder.Write("wrong.net", "input 1x8x8\nconv 2 kernel=9\nflatten\ndense 2\nloss squared-error\n");
        Nodeps.AssertFault(Nodeps.Run("gradcheck", "--net", net), Nodeps.Data, "wrong.net: line 2:");
        net = folder.Write("large.net", "input 1x2000x2000\navgpool kernel=2000\nflatten\ndense 2\nloss squared-error\n");
        Nodeps.AssertFault(Nodeps.Run("gradcheck", "--net", net, "--batch", "65536"), Nodeps.Usage, "--batch");
    }
}
