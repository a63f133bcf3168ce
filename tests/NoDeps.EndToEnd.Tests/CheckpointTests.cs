using System.Diagnostics;
using System.Globalization;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>A training that is stopped by whatever goes on from its checkpoint to the same model, byte for byte.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const string Suffix = ".checkpoint";

    private readonly TestFolder _folder = new();
    private readonly Random _random = new(5);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string Model => _folder["m"];

    private string Checkpoint => _folder["m" + Suffix];

    private string[] Arguments(string output, params string[] more) =>
        ["train", "--data", Trained.Small.Data, "--epochs", "8", "--seed", "3", "--out", output, "--checkpoint", "1", .. more];

    /// <summary>Runs until some time is over, then kills, or asks to stop as Ctrl-C or an administrator does.</summary>
    private void StoppedAfter(double milliseconds, string[] arguments)
    {
        const int Interrupt = 2, Kill = 9, Terminate = 15;
        int signal = _random.Next(4) switch { 0 => Interrupt, 1 => Terminate, _ => Kill };
        var clock = Stopwatch.StartNew();
        Command.Run(Repository.Binary, arguments, watch: process =>
        {
            if (clock.Elapsed.TotalMilliseconds <= milliseconds || signal == 0) return;
            SignalTests.Kill(process.Id, signal);
            signal = 0;
        });
    }

    [Theory]
    [InlineData()]
    [InlineData("--optimizer", "adam", "--validation", "0.1")]
    [InlineData("--batch", "37", "--shift", "2", "--schedule", "constant")]
    [InlineData("--optimizer", "adamw", "--schedule", "cosine", "--warmup", "1.5", "--clip", "0.5", "--ema", "0.9",
        "--class-weights", "balanced", "--validation", "0.1")]
    public void StoppedAtAnyMomentItResumesToTheSameBytes(params string[] options)
    {
        var clock = Stopwatch.StartNew();
        Nodeps.Succeed(Arguments(_folder["whole"], options));
        double whole = clock.Elapsed.TotalMilliseconds;
        int resumed = 0, runs = int.Parse(Environment.GetEnvironmentVariable("NODEPS_KILLS") ?? "20", CultureInfo.InvariantCulture);
        for (int run = 0; run < runs; run++)
        {
            StoppedAfter(_random.NextDouble() * whole, Arguments(Model, options));
            // Killed between the model's last step and the removal of the checkpoint, it leaves both.
            for (int kills = 0; !File.Exists(Model) || File.Exists(Checkpoint); kills++)
            {
                bool isThere = File.Exists(Checkpoint);
                if (isThere) resumed++;
                string[] arguments = isThere ? ["train", "--resume", Checkpoint] : Arguments(Model, options);
                if (kills < 3) StoppedAfter(_random.NextDouble() * whole, arguments);
                else Nodeps.Succeed(arguments);
            }
            Assert.True(File.ReadAllBytes(_folder["whole"]).AsSpan().SequenceEqual(File.ReadAllBytes(Model)), $"run {run}");
            Assert.Equal(["m", "whole"], _folder.Names);
            File.Delete(Model);
        }
        Assert.InRange(resumed, runs / 4, 4 * runs);
    }

    /// <summary>Leaves a checkpoint behind.</summary>
    private void Interrupt(params string[] options)
    {
        while (!File.Exists(Checkpoint))
        {
            // Long enough to be under way when the first checkpoint appears.
            Command.Run(Repository.Binary, [.. Arguments(Model, options), "--batch", "16"], watch: process =>
            {
                if (File.Exists(Checkpoint)) process.Kill();
            });
            File.Delete(Model);
        }
    }

    /// <summary>The checkpoint has the recipe, so its file may change or vanish.</summary>
    [Fact]
    public void AResumedTrainingDoesNotReadTheRecipeAgain()
    {
        string recipe = _folder.Write("my.recipe", "recipe batch=16 rate=0.01\n");
        Nodeps.Succeed(Arguments(_folder["whole"], "--recipe", recipe, "--batch", "16"));
        Interrupt("--recipe", recipe);
        File.Delete(recipe);
        Nodeps.Succeed("train", "--resume", Checkpoint);
        Assert.Equal(File.ReadAllBytes(_folder["whole"]), File.ReadAllBytes(Model));
    }

    [Fact]
    public void AnotherTrainingDoesNotOverwriteACheckpoint()
    {
        Interrupt();
        byte[] before = File.ReadAllBytes(Checkpoint);
        ProcessResult refused = Nodeps.Run(Arguments(Model));
        string sentence = Nodeps.AssertFault(refused, Nodeps.CannotCreate, Checkpoint, "--resume", "--checkpoint-file");
        Assert.Contains("another training", sentence, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Checkpoint));
        Nodeps.Succeed(Arguments(Model, "--checkpoint-file", _folder["other"]));
        Assert.Equal(before, File.ReadAllBytes(Checkpoint));
    }

    [Theory]
    [InlineData("", "is a file of the data set")]
    [InlineData("notes.txt", "exists and is not a checkpoint", "--checkpoint-file")]
    public void ACheckpointDoesNotReplaceAnotherFile(string name, params string[] named)
    {
        string path = name.Length == 0 ? Trained.Small.Image(0).Split(':')[0] : _folder.Write(name, "dear diary\n");
        byte[] before = File.ReadAllBytes(path);
        ProcessResult refused = Nodeps.Run(Arguments(Model, "--checkpoint-file", path));
        string sentence = Nodeps.AssertFault(refused, Nodeps.CannotCreate, [path, .. named]);
        Assert.DoesNotContain("--resume", sentence, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void ACheckpointIsAModelOfItsEpoch()
    {
        Interrupt();
        ProcessResult eval = Nodeps.Succeed("eval", "--model", Checkpoint, "--data", Trained.Small.Data);
        Assert.InRange(Nodeps.Accuracy(eval).Correct, 5, 100);
        Assert.Empty(eval.Error);
        var file = new SafetensorsFile(Checkpoint);
        Assert.Contains("0.weight", file.Tensors.Keys);
        Assert.All(file.Tensors.Keys, key => Assert.True(key.StartsWith("training.", StringComparison.Ordinal) || char.IsDigit(key[0])));
    }

    [TorchTheory]
    [InlineData()]
    [InlineData("--ema", "0.9", "--optimizer", "adamw", "--validation", "0.1")]
    public void PyTorchLoadsACheckpointsWeights(params string[] options)
    {
        Interrupt(options);
        ProcessResult torch = Command.Run(TorchTheoryAttribute.Python!,
            [Path.Combine(Repository.Root, "tools", "torch_model.py"), Checkpoint, Trained.Small.Data]);
        Assert.True(torch.ExitCode == 0, torch.ToString());
        (int correct, int count) = Nodeps.Accuracy(Nodeps.Succeed("eval", "--model", Checkpoint, "--data", Trained.Small.Data));
        Assert.Equal($"{correct}/{count}", torch.Output.Trim());
    }

    [Fact]
    public void OtherDataAndOptionsOfTheRecipeAreRefused()
    {
        Interrupt();
        string other = new DataSet(train: 600, test: 100).WriteTo(_folder["data"]);
        Nodeps.AssertFault(Nodeps.Run("train", "--resume", Checkpoint, "--data", other), Nodeps.Data, Checkpoint, "--data");
        Nodeps.AssertFault(Nodeps.Run("train", "--resume", Checkpoint, "--epochs", "9"), Nodeps.Usage, "--epochs", "--resume");
        Nodeps.AssertFault(Nodeps.Run("train", "--resume", Checkpoint, "--net", "richard"), Nodeps.Usage, "--net", "--resume");
        Nodeps.AssertFault(Nodeps.Run("train", "--resume", Trained.Small.Model), Nodeps.Data, "not a checkpoint", "--init");
        Assert.False(File.Exists(Model));
        Nodeps.Succeed("train", "--resume", Checkpoint, "--threads", "1", "--out", _folder["elsewhere"]);
        Assert.True(File.Exists(_folder["elsewhere"]));
    }

    /// <summary>Every change of a byte is refused with a sentence, or goes unnoticed; nothing falls over.</summary>
    [Fact]
    public void DamagedCheckpointsAreRefused()
    {
        Interrupt("--validation", "0.2");
        byte[] whole = File.ReadAllBytes(Checkpoint);
        int header = 8 + (int)BitConverter.ToInt64(whole);
        int refused = 0;
        for (int trial = 0; trial < 150; trial++)
        {
            byte[] damaged = (byte[])whole.Clone();
            int at = trial % 2 == 0 ? _random.Next(header) : header + _random.Next(whole.Length - header);
            // The tensors of 64 bits that say where the training is lie at the end.
            if (trial % 3 == 0) at = whole.Length - 1 - _random.Next(1500);
            damaged[at] ^= (byte)(1 << _random.Next(8));
            if (trial % 10 == 9) damaged = damaged[..at];
            File.WriteAllBytes(_folder["damaged"], damaged);
            ProcessResult result = Nodeps.Run("train", "--resume", _folder["damaged"], "--out", _folder["o"]);
            Assert.True(result.ExitCode is 0 or 1 or 64 or 65 or 66 or 73, $"byte {at}: {result}");
            if (result.ExitCode == 0) continue;
            refused++;
            Assert.StartsWith("nodeps: ", result.ErrorLines[^1], StringComparison.Ordinal);
        }
        Assert.InRange(refused, 30, 150);
    }
}
