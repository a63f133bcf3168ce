using System.Runtime.InteropServices;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The three forms of the layers through the program: other roundings, the same network.</summary>
public sealed class KernelFormTests
{
    private static readonly string[] Forms = ["lanes", "im2col", "scalar"];

    /// <summary>Forward sums have one order in all forms: evaluation is the same to the bit.</summary>
    [Fact]
    public void EveryFormEvaluatesAlike() => Assert.Single(Forms.Select(form => Nodeps.Succeed("eval", "--model",
        Trained.Small.Model, "--data", Trained.Small.Data, "--kernel", form).Output).Distinct());

    /// <summary>Every kind of convolution and pooling, so that each kernel of each form is there.</summary>
    [Theory]
    [InlineData("scratch")]
    [InlineData("vardhan")]
    public void EveryFormTrainsAlike(string net)
    {
        using var folder = new TestFolder();
        var models = new Dictionary<string, float[]>();
        var accuracies = new List<int>();
        foreach (string form in Forms)
        {
            ProcessResult result = Nodeps.Succeed("train", "--net", net, "--data", Trained.Small.Data, "--epochs", "1",
                "--batch", "64", "--seed", "5", "--kernel", form, "--out", folder[form]);
            accuracies.Add(Nodeps.Accuracy(result).Correct);
            // All tensors are F32 here.
            var data = File.ReadAllBytes(folder[form]).AsSpan(^(int)new SafetensorsFile(folder[form]).DataBytes..);
            models[form] = MemoryMarshal.Cast<byte, float>(data).ToArray();
        }
        Assert.InRange(accuracies.Max() - accuracies.Min(), 0, 3);
        foreach (string form in Forms[1..])
        {
            // Gradients are summed in another order: ten steps later some last bits differ, and nothing else.
            Assert.NotEqual(models["lanes"], models[form]);
            double difference = models["lanes"].Zip(models[form], (x, y) => Math.Abs((double)x - y)).Max();
            Assert.InRange(difference, 0, 0.02);
        }
    }
}
