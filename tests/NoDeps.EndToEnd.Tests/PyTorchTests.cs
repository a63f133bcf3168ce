using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>A saved model in PyTorch, whose keys are taken as they are.</summary>
public sealed class PyTorchTests
{
    [TorchTheory]
    [InlineData("pedestrian")]
    [InlineData("lochman")]
    [InlineData("vardhan")]
    [InlineData("scratch")]
    [InlineData("richard")]
    public void PyTorchLoadsAModelAndClassifiesAlike(string net)
    {
        using var folder = new TestFolder();
        ProcessResult trained = Nodeps.Succeed("train", "--net", net, "--data", Repository.SampleData, "--epochs", "1",
            "--out", folder["m"]);
        (int correct, int total) = Nodeps.Accuracy(trained);
        ProcessResult torch = Command.Run(TorchTheoryAttribute.Python!,
            [Path.Combine(Repository.Root, "tools", "torch_model.py"), folder["m"], Repository.SampleData]);
        Assert.True(torch.ExitCode == 0, torch.ToString());
        string[] numbers = torch.Output.Trim().Split('/');
        Assert.Equal(total, int.Parse(numbers[1]));
        // The two round differently: an image on the border between two classes may fall to either side.
        Assert.InRange(int.Parse(numbers[0]), correct - 2, correct + 2);
    }
}
