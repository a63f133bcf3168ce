using System.Globalization;
using System.Text.Json;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Models go to PyTorch and come from it, keys and all as they are; and it makes the reference cases.</summary>
public sealed class PyTorchTests
{
    private const int Images = 1000;
    private const double Tolerance = 1e-4;
    private const float RoundingTolerance = 1e-6f;

    /// <summary>Those that take the gray images of the sample.</summary>
    public static TheoryData<string> Networks => new(Directory.EnumerateFiles(
        Path.Combine(Repository.Root, "data", "nets"), "*.net").Select(path => Path.GetFileNameWithoutExtension(path))
        .Where(name => name != "cifar").Order());

    [TorchTheory, MemberData(nameof(Networks))]
    public void PyTorchLoadsAModelAndGivesTheSameLogits(string net)
    {
        using var folder = new TestFolder();
        ProcessResult trained = Nodeps.Succeed("train", "--net", net, "--data", Repository.SampleData, "--epochs", "1",
            "--out", folder["m"]);
        string images = Path.Combine(Repository.SampleData, DataSet.FileNames[2] + ".gz");
        // Of a network without probabilities they are called outputs.
        string key = net == "richard" ? "outputs" : "logits";
        double[][] ours = [.. Nodeps.Succeed("predict", "--json", "--model", folder["m"], $"{images}:0-{Images - 1}")
            .OutputLines.Select(line => Numbers(JsonDocument.Parse(line).RootElement.GetProperty(key)))];
        double[][] theirs = [.. Python("torch_model.py", folder["m"], Repository.SampleData, "--logits", $"{Images}")
            .OutputLines.Select(line => Numbers(JsonDocument.Parse(line).RootElement))];
        Assert.Equal(Images, ours.Length);
        Assert.Equal(Images, theirs.Length);
        double worst = ours.Zip(theirs, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
        Assert.True(worst <= Tolerance, $"logits differ by {worst}");
        AssertAlike(Nodeps.Accuracy(trained), Python("torch_model.py", folder["m"], Repository.SampleData));
    }

    [TorchTheory, MemberData(nameof(Networks))]
    public void WhatPyTorchTrainedEvaluatesToTheSameAccuracy(string net)
    {
        using var folder = new TestFolder();
        Python("torch_train.py", net, Repository.SampleData, folder["m"]);
        ProcessResult eval = Nodeps.Succeed("eval", "--model", folder["m"], "--data", Repository.SampleData);
        AssertAlike(Nodeps.Accuracy(eval), Python("torch_model.py", folder["m"], Repository.SampleData));
    }

    /// <summary>
    /// The same file but for the last bits: what PyTorch computed in float64 depends on the order of its sums, which it
    /// chooses by the processor, and so may a number rounded to float32.
    /// </summary>
    [TorchTheory]
    [InlineData("images")]
    [InlineData("rectangles")]
    [InlineData("shortcuts")]
    [InlineData("squared-error")]
    [InlineData("smoothing")]
    public void ReferenceCasesAreMadeAgain(string name)
    {
        using var folder = new TestFolder();
        string reference = Path.Combine(Repository.Root, "data", "reference");
        Directory.CreateDirectory(folder["nets"]);
        File.Copy(Path.Combine(reference, name + ".net"), folder[$"nets/{name}.net"]);
        Python("make_reference.py", "--folder", folder["nets"]);
        var expected = new SafetensorsFile(Path.Combine(reference, name + ".safetensors"));
        var actual = new SafetensorsFile(folder[$"nets/{name}.safetensors"]);
        Assert.Equal(expected.Metadata, actual.Metadata);
        Assert.Equal(expected.Tensors.Keys, actual.Tensors.Keys);
        foreach ((string key, (string type, long[] shape, _, _)) in expected.Tensors)
        {
            Assert.Equal(type, actual.Tensors[key].Type);
            Assert.Equal(shape, actual.Tensors[key].Shape);
            // Parameters, images and labels are given, not computed.
            if (type != "F32" || key == "input" || key.StartsWith("param.", StringComparison.Ordinal))
            {
                Assert.Equal(expected.Bytes(key), actual.Bytes(key));
                continue;
            }
            float[] numbers = expected.Floats(key);
            float limit = RoundingTolerance * numbers.Max(Math.Abs);
            Assert.All(numbers.Zip(actual.Floats(key)), pair => Assert.InRange(pair.Second, pair.First - limit, pair.First + limit));
        }
    }

    /// <summary>Trainings with every optimizer and schedule, computed again; a number that was changed is noticed.</summary>
    [TorchTheory]
    [InlineData("adamw")]
    [InlineData("adamw-warmup")]
    [InlineData("nesterov")]
    [InlineData("step")]
    public void TrainingsAreComputedAgain(string name)
    {
        string path = Path.Combine(Repository.Root, "tests", "Corpus", "training", name + ".safetensors");
        Python("make_training_reference.py", "--check", path);
        using var folder = new TestFolder();
        byte[] changed = File.ReadAllBytes(path);
        // The exponent of the last number, which belongs to the average.
        changed[^1] ^= 1;
        File.WriteAllBytes(folder["changed"], changed);
        ProcessResult result = Command.Run(TorchTheoryAttribute.Python!, ["-B", Tool("make_training_reference.py"), "--check",
            folder["changed"]]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("average.", result.Output, StringComparison.Ordinal);
    }

    [SharedTorchTheory]
    [InlineData("lochman")]
    [InlineData("overlap")]
    [InlineData("pedestrian")]
    [InlineData("residual")]
    [InlineData("richard")]
    [InlineData("scratch")]
    [InlineData("vardhan")]
    public void SharedReferenceCasesAreComputedAgain(string name) =>
        Python("make_reference.py", "--check", Path.Combine(Repository.SharedReference!, name + ".safetensors"));

    [TorchTheory]
    [InlineData("input 1x8x8\nflatten\ndropout 0.5\ndense 3\nloss squared-error", "dropout")]
    [InlineData("input 1x8x8\ndense 3\nloss squared-error", "line 2: dense: add \"flatten\"")]
    [InlineData("input 1x8x8\nflatten\ndense 3", "loss line")]
    public void ADescriptionWithoutAReferenceCaseIsRefused(string text, string named)
    {
        using var folder = new TestFolder();
        ProcessResult result = Command.Run(TorchTheoryAttribute.Python!, [Tool("make_reference.py"), "--net",
            folder.Write("x.net", text), "--out", folder["x"]]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(named, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["x"]));
    }

    /// <summary>The two round differently: an image on the border between two classes may fall to either side.</summary>
    private static void AssertAlike((int Correct, int Total) ours, ProcessResult torch)
    {
        int[] theirs = [.. torch.Output.Trim().Split('/').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        Assert.Equal(ours.Total, theirs[1]);
        Assert.InRange(theirs[0], ours.Correct - 1, ours.Correct + 1);
    }

    private static string Tool(string name) => Path.Combine(Repository.Root, "tools", name);

    private static ProcessResult Python(string tool, params string[] arguments)
    {
        ProcessResult result = Command.Run(TorchTheoryAttribute.Python!, ["-B", Tool(tool), .. arguments]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
