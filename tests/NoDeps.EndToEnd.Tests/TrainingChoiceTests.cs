using System.Globalization;
using System.Text.Json.Nodes;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Which weights a training starts from, which it keeps, and when it gives up.</summary>
public sealed class TrainingChoiceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private ProcessResult Train(params string[] more) =>
        Nodeps.Run(["train", "--data", Trained.Small.Data, "--out", _folder["m"], .. more]);

    private ProcessResult Trains(params string[] more)
    {
        ProcessResult result = Train(more);
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        return result;
    }

    private static IEnumerable<string> EpochLines(ProcessResult result) =>
        result.OutputLines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal));

    private static JsonArray History(string model) =>
        JsonNode.Parse(new SafetensorsFile(model).Metadata["history"])!.AsArray();

    [Fact]
    public void ADivergedTrainingLeavesTheOldModel()
    {
        Trains("--epochs", "1");
        byte[] before = File.ReadAllBytes(_folder["m"]);
        ProcessResult result = Train("--epochs", "5", "--lr", "500", "--optimizer", "sgd");
        string sentence = Nodeps.AssertFault(result, 1, "diverged", "epoch", "step", "rate", "try --lr 50");
        Assert.DoesNotContain("accuracy", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["m"]));
        Assert.Contains("no model was written", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.25", 480, 160)]
    [InlineData("40", 600, 40)]
    [InlineData("0.0001", 639, 1)]
    public void ImagesAreHeldOut(string validation, int training, int held)
    {
        ProcessResult result = Trains("--epochs", "2", "--validation", validation);
        Assert.Contains($"{training} training, {held} validation and 100 test images", result.Output, StringComparison.Ordinal);
        Assert.All(EpochLines(result), line => Assert.Matches($@"  validation accuracy [\d.]+% \(\d+/{held}\)$", line));
        Assert.Matches(@"\nweights   of epoch [12] of 2; validation accuracy", result.Output);
        JsonArray history = History(_folder["m"]);
        Assert.Equal(2, history.Count);
        Assert.All(history, epoch => Assert.NotNull(epoch!["validation_accuracy"]));
    }

    [Theory]
    [InlineData("640")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("x")]
    public void AWrongShareIsRefused(string validation) =>
        Nodeps.AssertFault(Train("--validation", validation), Nodeps.Usage, "--validation");

    [Fact]
    public void PatienceNeedsValidation()
    {
        Nodeps.AssertFault(Train("--patience", "2"), Nodeps.Usage, "--patience", "needs --validation");
        Nodeps.AssertFault(Train("--keep", "best"), Nodeps.Usage, "--keep", "needs --validation");
    }

    /// <summary>What is saved is the epoch that validated best, as the same training with as many epochs and --keep last has it.</summary>
    [Fact]
    public void TheBestEpochIsKept()
    {
        string[] options = ["--validation", "0.2", "--schedule", "constant", "--lr", "0.2", "--optimizer", "sgd"];
        Trains([.. options, "--epochs", "6"]);
        double[] accuracies = [.. History(_folder["m"]).Select(epoch => (double)epoch!["validation_accuracy"]!)];
        double[] losses = [.. History(_folder["m"]).Select(epoch => (double)epoch!["validation_loss"]!)];
        int best = Enumerable.Range(0, 6).OrderByDescending(i => accuracies[i]).ThenBy(i => losses[i]).First();
        byte[] kept = Tensors(_folder["m"]);
        Trains([.. options, "--epochs", $"{best + 1}", "--keep", "last"]);
        Assert.Equal(Tensors(_folder["m"]), kept);
    }

    private static byte[] Tensors(string model) => File.ReadAllBytes(model)[^(int)new SafetensorsFile(model).DataBytes..];

    [Fact]
    public void ATrainingWithoutImprovementStopsEarly()
    {
        // A rate of next to nothing: the first epoch stays the best one but for the loss.
        ProcessResult result = Trains("--validation", "0.2", "--patience", "2", "--epochs", "50", "--lr", "0.4", "--schedule", "constant",
            "--optimizer", "sgd");
        int epochs = History(_folder["m"]).Count;
        Assert.InRange(epochs, 3, 49);
        Assert.Contains(", stopped early; validation accuracy", result.Output, StringComparison.Ordinal);
        Assert.Contains($"of epoch {epochs - 2} of {epochs}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTestSetIsLookedAtAsOftenAsWanted()
    {
        ProcessResult result = Trains("--epochs", "5", "--test-every", "2");
        Assert.Equal([false, true, false, true, false],
            EpochLines(result).Select(line => line.Contains("test accuracy", StringComparison.Ordinal)));
        Assert.Equal(2, History(_folder["m"]).Count(epoch => epoch!["test_accuracy"] is not null));
    }

    [Fact]
    public void AModelIsTheStartOfAnother()
    {
        ProcessResult result = Nodeps.Succeed("train", "--init", Trained.Small.Model, "--data", Trained.Small.Data, "--epochs", "1",
            "--lr", "0.000001", "--schedule", "constant", "--out", _folder["m"]);
        Assert.Contains("weights   those of the model\n", result.Output, StringComparison.Ordinal);
        int before = Nodeps.Accuracy(Trained.Small.Result).Correct, after = Nodeps.Accuracy(result).Correct;
        Assert.InRange(after, before - 3, 100);
        Nodeps.AssertFault(Train("--net", Trained.Small.Model), Nodeps.Data, "--init");
        Nodeps.AssertFault(Train("--init", _folder["none"]), Nodeps.NoInput, "none");
    }

    [Fact]
    public void AnotherNumberOfClassesStartsTheLastLayerAnew()
    {
        string data = _folder["data"];
        Directory.CreateDirectory(data);
        string[] names = DataSet.FileNames;
        for (int i = 0; i < names.Length; i++) File.Copy(Path.Combine(Trained.Small.Data, names[i]), Path.Combine(data, names[i]));
        // Labels 0 to 25, each of which occurs.
        foreach (string name in names.Where(name => name.Contains("labels", StringComparison.Ordinal)))
        {
            byte[] labels = File.ReadAllBytes(Path.Combine(data, name));
            for (int i = 8; i < labels.Length; i++) labels[i] = (byte)(i % 26);
            File.WriteAllBytes(Path.Combine(data, name), labels);
        }
        ProcessResult result = Nodeps.Succeed("train", "--init", Trained.Small.Model, "--data", data, "--epochs", "1",
            "--lr", "0.00000001", "--schedule", "constant", "--out", _folder["m"]);
        Assert.Contains("the last layer has another size and is newly initialized", result.Output, StringComparison.Ordinal);
        var model = new SafetensorsFile(_folder["m"]);
        Assert.Equal([26, 84], model.Tensors["15.weight"].Shape);
        Assert.Equal("26", model.Metadata["classes"]);
    }

    [Fact]
    public void BatchNormalizationNeedsTwoImages()
    {
        Nodeps.AssertFault(Train("--batch", "1"), Nodeps.Usage, "batch normalization", "--batch 2");
        Trains("--net", "richard", "--batch", "1", "--epochs", "1");
        // A batch has at most as many images as the training set.
        Nodeps.AssertFault(Train("--validation", "639"), Nodeps.Data, "a single training image", "--validation");
        Trains("--validation", "638", "--epochs", "1");
        Trains("--net", "richard", "--validation", "639", "--epochs", "1");
    }

    [Fact]
    public void WhatIsLeftOverOfAnEpochIsTrainedOnUnlessDropped()
    {
        byte[] Model(params string[] more)
        {
            Trains([.. more, "--epochs", "1", "--seed", "2"]);
            return Tensors(_folder["m"]);
        }
        // 640 images: 6 batches of 100 and 40 images.
        Assert.Equal("7", Steps(Model("--batch", "100")));
        Assert.Equal("6", Steps(Model("--batch", "100", "--drop-last")));
        // A single image is left over by batches of 71; batch normalization cannot use it.
        Assert.Equal(Model("--batch", "71"), Model("--batch", "71", "--drop-last"));
        Assert.Equal(Model("--batch", "64"), Model("--batch", "64", "--drop-last"));
    }

    private string Steps(byte[] _) => ((long)History(_folder["m"])[0]!["step"]!).ToString(CultureInfo.InvariantCulture);

    [Fact]
    public void TooLittleMemoryNamesTheBatchThatFits()
    {
        const string Limited = """ulimit -v 80000; exec "$1" train --net lochman --batch 640 --data "$2" --out "$3" --epochs 1""";
        ProcessResult result = Command.Shell(Limited, Repository.Binary, Trained.Small.Data, _folder["m"]);
        string sentence = Nodeps.AssertFault(result, Nodeps.SystemFault, "not enough memory", "--batch");
        string batch = sentence[(sentence.IndexOf("--batch ", StringComparison.Ordinal) + 8)..].Split(' ')[0];
        string fitting = Limited.Replace("640", batch, StringComparison.Ordinal);
        result = Command.Shell(fitting, Repository.Binary, Trained.Small.Data, _folder["m"]);
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
    }
}
