using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>A training run as its user sees it.</summary>
public sealed class TrainTests
{
    [Fact]
    public void LearnsAnEasyDataSet()
    {
        (int correct, int total) = Nodeps.Accuracy(Trained.Small.Result);
        Assert.Equal(100, total);
        Assert.InRange(correct, 90, 100);
    }

    [Fact]
    public void ReportsParametersTimeAndAllocation()
    {
        ProcessResult result = Trained.Small.Result;
        Assert.Contains("44,878", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("0 bytes allocated per training step", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"total time \d+(\.\d+)? s", result.Output + result.Error);
    }

    [Fact]
    public void WithoutATerminalThereIsOneLineForEachEpochOnStdout()
    {
        ProcessResult result = Trained.Small.Result;
        string[] epochs = [.. result.OutputLines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal))];
        Assert.Equal(Trained.Epochs, epochs.Length);
        for (int i = 0; i < epochs.Length; i++)
        {
            Assert.Matches($@"^epoch {i + 1}/{Trained.Epochs}  loss \d+\.\d+  [\d,]+ images/s$", epochs[i]);
        }
        Assert.DoesNotContain('\r', result.Error);
        Assert.DoesNotContain('\x1b', result.Error + result.Output);
        Assert.Empty(result.Error);
    }

    [ProgramFact("script")]
    public void OnATerminalTheProgressLineIsRewritten()
    {
        using var folder = new TestFolder();
        // Slow enough that an epoch lasts several of the tenths of a second after which the line is rewritten.
        string command = $"'{Repository.Binary}' train --net lochman --threads 1 --epochs 1"
            + $" --data '{Repository.SampleData}' --out '{folder["m"]}' >'{folder["stdout"]}'";
        ProcessResult result = Command.Run("script", ["-qec", command, folder["typescript"]]);
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        string terminal = File.ReadAllText(folder["typescript"]);
        Assert.Matches(@"\r[^\n]*loss \d+\.\d+[^\n]*images/s[^\n]*left", terminal);
        Assert.DoesNotMatch(@"\r[^\n]*images/s", File.ReadAllText(folder["stdout"]));
        Assert.Matches(@"\ntest accuracy \d+\.\d\d% \(\d+/1000\)\n$", "\n" + File.ReadAllText(folder["stdout"]));
    }

    [Fact]
    public void OnlyTheModelIsLeftInItsFolder() => Assert.Equal(["small.safetensors"], Trained.Small.Left);

    [Fact]
    public void GzippedDataGivesTheSameModel()
    {
        using var folder = new TestFolder();
        string data = Trained.Small.Set.WriteTo(folder["gz"], gzip: true);
        Nodeps.Succeed("train", "--data", data, "--epochs", $"{Trained.Epochs}", "--seed", "7", "--out", folder["m"]);
        Assert.Equal(File.ReadAllBytes(Trained.Small.Model), File.ReadAllBytes(folder["m"]));
    }

    [Fact]
    public void TrainsOnTheSampleData()
    {
        using var folder = new TestFolder();
        ProcessResult result = Nodeps.Succeed("train", "--data", Repository.SampleData, "--epochs", "5", "--out",
            folder["m"]);
        (int correct, int total) = Nodeps.Accuracy(result);
        Assert.Equal(1000, total);
        Assert.InRange(correct, 750, 1000);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("adam")]
    public void EveryOptimizerLearns(string optimizer)
    {
        using var folder = new TestFolder();
        ProcessResult result = Nodeps.Succeed("train", "--data", Trained.Small.Data, "--epochs", "3", "--seed", "7",
            "--optimizer", optimizer, "--lr", optimizer == "adam" ? "0.003" : "0.05", "--out", folder["m"]);
        Assert.InRange(Nodeps.Accuracy(result).Correct, 70, 100);
    }

    [Theory]
    [InlineData("lochman", "1,446,030")]
    [InlineData("pedestrian", "44,878")]
    [InlineData("pedestrian-shortcut", "47,230")]
    public void BuiltInNetworksTrainByName(string net, string parameters)
    {
        using var folder = new TestFolder();
        ProcessResult result = Nodeps.Succeed("train", "--net", net, "--data", Trained.Small.Data, "--epochs", "2",
            "--lr", "0.02", "--out", folder["m"]);
        Assert.Contains(parameters, result.Output + result.Error, StringComparison.Ordinal);
        Assert.InRange(Nodeps.Accuracy(result).Correct, 70, 100);
    }

    [Fact]
    public void ANetworkComesFromAFile()
    {
        using var folder = new TestFolder();
        string net = folder.Write("tiny.net", """
            # a comment
            input 1x28x28
            maxpool kernel=4
            flatten
            dense 10
            loss softmax-cross-entropy

            """);
        ProcessResult result = Nodeps.Succeed("train", "--net", net, "--data", Trained.Small.Data, "--epochs", "3",
            "--out", folder["m"]);
        Assert.Contains("500", result.Output + result.Error, StringComparison.Ordinal); // 49 x 10 + 10
        Assert.InRange(Nodeps.Accuracy(result).Correct, 70, 100);
        Assert.Equal(["2.bias", "2.weight"], new SafetensorsFile(folder["m"]).Tensors.Keys.Order());
    }

    /// <summary>
    /// The option is as good as the word in the description, and lands in the model: so `eval` prints the same loss for
    /// both. None at all is the same as 0.
    /// </summary>
    [Fact]
    public void LabelSmoothingIsSavedInTheModel()
    {
        using var folder = new TestFolder();
        (string Net, string Data, string Loss) Model(string loss, params string[] options)
        {
            string net = folder.Write("net", $"input 1x28x28\nmaxpool kernel=4\nflatten\ndense 10\n{loss}\n");
            Nodeps.Succeed(["train", "--net", net, "--data", Trained.Small.Data, "--epochs", "2", "--out", folder["m"],
                .. options]);
            var model = new SafetensorsFile(folder["m"]);
            string eval = Nodeps.Succeed("eval", "--model", folder["m"], "--data", Trained.Small.Data).Output;
            return (model.Metadata["net"], Convert.ToHexString(File.ReadAllBytes(folder["m"])[^(int)model.DataBytes..]),
                eval.Split('\n').Single(line => line.StartsWith("loss", StringComparison.Ordinal)));
        }
        var plain = Model("loss softmax-cross-entropy");
        var zero = Model("loss softmax-cross-entropy smoothing=0.0");
        Assert.Equal((plain.Data, plain.Loss), (zero.Data, zero.Loss));
        var word = Model("loss softmax-cross-entropy smoothing=0.200000");
        Assert.NotEqual(plain.Data, word.Data);
        Assert.NotEqual(plain.Loss, word.Loss);
        Assert.Equal(word, Model("loss softmax-cross-entropy", "--label-smoothing", "0.2"));
        var off = Model("loss softmax-cross-entropy smoothing=0.2", "--label-smoothing", "0");
        Assert.Equal((plain.Data, plain.Loss), (off.Data, off.Loss));
    }

    [Fact]
    public void LabelSmoothingOfSquaredErrorIsAFault()
    {
        using var folder = new TestFolder();
        Nodeps.AssertFault(Nodeps.Run("train", "--net", "richard", "--label-smoothing", "0.1", "--out", folder["m"],
            "--data", Trained.Small.Data), Nodeps.Data, "richard", "softmax-cross-entropy");
        Assert.Empty(folder.Names);
    }

    /// <summary>The recipe line and the option say the same; the option wins.</summary>
    [Fact]
    public void ShiftsComeFromTheRecipeOrTheCommandLine()
    {
        using var folder = new TestFolder();
        byte[] Model(string recipe, params string[] options)
        {
            string net = folder.Write("net", $"""
                input 1x28x28
                maxpool kernel=2
                flatten
                dense 10
                loss softmax-cross-entropy
                recipe {recipe}

                """);
            ProcessResult result = Nodeps.Succeed(["train", "--net", net, "--data", Trained.Small.Data, "--epochs", "3",
                "--out", folder["m"], .. options]);
            Assert.InRange(Nodeps.Accuracy(result).Correct, 50, 100);
            var model = new SafetensorsFile(folder["m"]);
            bool shifts = options.Length > 0 ? options[1] == "2" : recipe.Contains("shift=2", StringComparison.Ordinal);
            Assert.Equal(shifts, result.Output.Contains(", shift 2\n", StringComparison.Ordinal));
            return File.ReadAllBytes(folder["m"])[^(int)model.DataBytes..];
        }
        byte[] shifted = Model("shift=2");
        Assert.Equal(shifted, Model("rate=0.05", "--shift", "2"));
        Assert.Equal(Model("rate=0.05"), Model("shift=2", "--shift", "0"));
        Assert.NotEqual(shifted, Model("rate=0.05"));
    }

    [Fact]
    public void ABatchThatDoesNotDivideTheDataTrains()
    {
        using var folder = new TestFolder();
        ProcessResult result = Nodeps.Succeed("train", "--data", Trained.Small.Data, "--epochs", "2", "--batch", "37",
            "--out", folder["m"]);
        Assert.InRange(Nodeps.Accuracy(result).Correct, 70, 100);
    }

    [Fact]
    public void KilledWhileTrainingItLeavesNoFile()
    {
        using var folder = new TestFolder();
        ProcessResult result = Command.Run(Repository.Binary,
            ["train", "--data", Repository.SampleData, "--epochs", "100000", "--out", folder["m"]],
            watch: process =>
            {
                if (DateTime.Now - process.StartTime > TimeSpan.FromMilliseconds(700))
                {
                    process.Kill();
                }
            });
        Assert.NotEqual(Nodeps.Success, result.ExitCode);
        Assert.Empty(folder.Names);
    }

    [MnistFact]
    public void OneEpochOfMnistReachesItsMark() => Mark(Repository.Mnist!, 1, 0.987);

    [MnistFact]
    public void FiveEpochsOfMnistReachTheirMark() => Mark(Repository.Mnist!, 5, 0.991);

    [FashionMnistFact]
    public void FiveEpochsOfFashionMnistReachTheirMark() => Mark(Repository.FashionMnist!, 5, 0.898);

    [MnistFact]
    public void TrainingOnMnistStaysUnder150MegabytesResident()
    {
        using var folder = new TestFolder();
        long peak = 0;
        ProcessResult result = Command.Run(Repository.Binary,
            ["train", "--data", Repository.Mnist!, "--epochs", "1", "--out", folder["m"]],
            watch: process => peak = Math.Max(peak, PeakResident(process.Id)));
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        Assert.InRange(peak, 1, 150_000_000);
    }

    private static void Mark(string data, int epochs, double least)
    {
        using var folder = new TestFolder();
        (int correct, int total) = Nodeps.Accuracy(
            Nodeps.Succeed("train", "--data", data, "--epochs", $"{epochs}", "--out", folder["m"]));
        Assert.Equal(10_000, total);
        Assert.InRange(correct, least * total, total);
    }

    /// <summary>The peak of a running process's resident memory in bytes; 0 when it is gone.</summary>
    private static long PeakResident(int process)
    {
        try
        {
            Match match = Regex.Match(File.ReadAllText($"/proc/{process}/status"), @"VmHWM:\s*(\d+) kB");
            return match.Success ? long.Parse(match.Groups[1].Value) * 1024 : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Nothing before it has parameters, so that its input has no gradient.</summary>
    [Fact]
    public void ABatchNormalizationMayComeFirst()
    {
        using var folder = new TestFolder();
        string net = folder.Write("first.net", "input 1x28x28\nflatten\nbatchnorm\ndense 10\nloss softmax-cross-entropy\n");
        ProcessResult result = Nodeps.Succeed("train", "--net", net, "--data", Trained.Small.Data, "--epochs", "1",
            "--out", folder["model"]);
        Assert.Contains("test accuracy", result.Output, StringComparison.Ordinal);
    }
}
