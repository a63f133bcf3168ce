using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The file of <c>train --log</c>: where it must not go, and what becomes of it when a training is killed and resumed.</summary>
public sealed class LogFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>The log must not destroy what the training reads or writes, under whatever name.</summary>
    [Theory]
    [InlineData("log.csv", "is the output path of the model", "--out", "log.csv")]
    [InlineData("./log.csv", "is the output path of the model", "--out", "log.csv")]
    [InlineData("dangling.csv", "is the output path of the model", "--out", "log.csv")]
    [InlineData("c.jsonl", "is the output path of the checkpoints", "--checkpoint-file", "./c.jsonl")]
    [InlineData("net.csv", "is the network's description", "--net", "net.csv")]
    [InlineData("net-link.csv", "is the network's description", "--net", "net.csv")]
    [InlineData("init.csv", "is the model that the training starts from", "--init", "init.csv")]
    [InlineData("init-hard.jsonl", "is the model that the training starts from", "--init", "init.csv")]
    [InlineData("recipe.csv", "is the recipe", "--recipe", "./recipe.csv")]
    [InlineData("data-link.csv", "is a file of the data set")]
    [InlineData("data-hard.csv", "is a file of the data set")]
    [InlineData("program.csv", "is this program itself")]
    public void ALogOntoAnotherFileOfTheTrainingIsRefused(string log, string why, params string[] options)
    {
        string data = Trained.Small.Set.WriteTo(_folder["data"]);
        string images = Path.Combine(data, DataSet.FileNames[0]);
        File.Copy(Path.Combine(Repository.Root, "data", "nets", "richard.net"), _folder["net.csv"]);
        File.Copy(Trained.Small.Model, _folder["init.csv"]);
        _folder.Write("recipe.csv", "recipe epochs=1 batch=64\n");
        File.CreateSymbolicLink(_folder["dangling.csv"], "log.csv");
        File.CreateSymbolicLink(_folder["net-link.csv"], "net.csv");
        File.CreateSymbolicLink(_folder["data-link.csv"], images);
        File.CreateSymbolicLink(_folder["program.csv"], Repository.Binary);
        Assert.Equal(0, Command.Run("ln", [images, _folder["data-hard.csv"]]).ExitCode);
        Assert.Equal(0, Command.Run("ln", [_folder["init.csv"], _folder["init-hard.jsonl"]]).ExitCode);
        string[] before = _folder.Names;
        byte[] pixels = File.ReadAllBytes(images);
        ProcessResult result = Command.Run(Repository.Binary, ["train", "--data", data, "--epochs", "1", "--log", log, .. options],
            _folder.Path);
        Nodeps.AssertFault(result, Nodeps.CannotCreate, log, why);
        Assert.DoesNotContain("epoch", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Names);
        Assert.Equal(pixels, File.ReadAllBytes(images));
    }

    /// <summary>It left a log without epochs, which blocks no other attempt.</summary>
    [Theory]
    [InlineData("log.csv")]
    [InlineData("log.jsonl")]
    public void AfterATrainingThatDivergedAtOnceTheLogIsUsedAgain(string name)
    {
        string[] arguments = ["train", "--data", Trained.Small.Data, "--epochs", "1", "--out", _folder["m"], "--log", _folder[name]];
        Assert.Equal(1, Nodeps.Run([.. arguments, "--lr", "1000", "--optimizer", "sgd", "--schedule", "constant"]).ExitCode);
        Assert.True(File.Exists(_folder[name]));
        Nodeps.Succeed(arguments);
        string log = File.ReadAllText(_folder[name]);
        File.Delete(_folder[name]);
        Nodeps.Succeed(arguments);
        Assert.Equal(File.ReadAllLines(_folder[name]).Length, log.TrimEnd().Split('\n').Length);
        Nodeps.AssertFault(Nodeps.Run(arguments), Nodeps.CannotCreate, "already exists");
    }

    /// <summary>Neither exists, and both are one file.</summary>
    [Fact]
    public void ACheckpointWhereTheModelGoesIsRefused() => Nodeps.AssertFault(
        Command.Run(Repository.Binary, ["train", "--data", Trained.Small.Data, "--out", "m", "--checkpoint-file", "./m"], _folder.Path),
        Nodeps.CannotCreate, "is the output path of the model");

    [Theory]
    [InlineData("pedestrian")]
    [InlineData("best")]
    public void AModelMayHaveTheNameOfItsNetworkOrRecipe(string name) => Assert.Equal(Nodeps.Success, Command.Run(Repository.Binary,
        ["train", "--data", Trained.Small.Data, "--recipe", "best", "--epochs", "1", "--out", name], _folder.Path).ExitCode);

    private string Checkpoint => _folder["m.checkpoint"];

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    /// <summary>A line without its last two figures, which are of time.</summary>
    private static string WithoutTimes(string line) => line.StartsWith('{') ? line[..line.IndexOf(",\"seconds\"", StringComparison.Ordinal)]
        : line[..line.LastIndexOf(',', line.LastIndexOf(',') - 1)];

    /// <summary>
    /// Trains 60 epochs with a checkpoint after every seventh, and kills once it has logged so many lines; how many those are.
    /// </summary>
    private int KilledAfter(int lines, string log, string[] arguments)
    {
        Command.Run(Repository.Binary, arguments, watch: process =>
        {
            if (Lines(log).Length > lines && File.Exists(Checkpoint)) process.Kill();
        });
        return Lines(log).Length;
    }

    private string[] LongTraining(string model, string log) => ["train", "--data", Trained.Small.Data, "--out", model, "--seed", "3",
        "--epochs", "60", "--batch", "32", "--validation", "0.1", "--checkpoint", "7", "--log", log];

    [Theory]
    [InlineData("log.csv", 1)]
    [InlineData("log.jsonl", 0)]
    public void ATrainingThatIsKilledLogsEveryEpochOnce(string name, int header)
    {
        string whole = _folder["whole-" + name], log = _folder[name];
        Nodeps.Succeed(LongTraining(_folder["whole"], whole));
        int ahead = 0, lines = 0;
        string[] arguments = LongTraining(_folder["m"], log);
        while (!File.Exists(_folder["m"]) || File.Exists(Checkpoint))
        {
            lines = KilledAfter(lines + 9, log, arguments);
            arguments = ["train", "--resume", Checkpoint];
            if ((lines - header) % 7 > 0 && File.Exists(Checkpoint)) ahead++;
        }
        Assert.InRange(ahead, 1, 100);
        Assert.Equal(Lines(whole).Select(WithoutTimes), Lines(log).Select(WithoutTimes));
        Assert.Equal(header + 60, Lines(log).Length);
        Assert.Equal(File.ReadAllBytes(_folder["whole"]), File.ReadAllBytes(_folder["m"]));
    }

    [Theory]
    [InlineData("log.csv", 1)]
    [InlineData("log.jsonl", 0)]
    public void AResumedTrainingGoesOnWithItsOwnLogOnly(string name, int header)
    {
        string log = _folder[name];
        while (!File.Exists(Checkpoint))
        {
            File.Delete(log);
            KilledAfter(12, log, LongTraining(_folder["m"], log));
        }
        File.Copy(Checkpoint, _folder["saved"]);
        string[] resume = ["train", "--resume", _folder["saved"], "--out", _folder["other"], "--log"];
        // Cut off anywhere, it comes to the same end, after the epochs that are kept.
        Nodeps.Succeed([.. resume, log]);
        string all = File.ReadAllText(log);
        Assert.Equal(header + 60, Lines(log).Length);
        int start = all.IndexOf('\n') + 1;
        foreach (int cut in new[] { all.Length, all.Length - 1, all.Length - 30, start * header, 5, 0 })
        {
            string path = _folder["cut-" + name];
            File.WriteAllText(path, all[..cut]);
            File.Copy(Checkpoint, _folder["saved"], overwrite: true);
            Nodeps.Succeed([.. resume, path]);
            string[] lines = Lines(path);
            Assert.Equal(Lines(log)[..header], lines[..header]);
            string[] wanted = [.. Lines(log)[header..].TakeLast(lines.Length - header)];
            Assert.Equal(wanted.Select(WithoutTimes), lines[header..].Select(WithoutTimes));
            if (cut >= all.Length - 30) Assert.Equal(header + 60, lines.Length);
            else Assert.InRange(lines.Length, 1, header + 60 - 7);
        }
        foreach (string text in new[] { "mine", "mine\n", "{\"epoch\":}\n", "epoch,step\n1,10\n", "epoch,epoch,epoch" })
        {
            string path = _folder.Write("mine-" + name, text);
            File.Copy(Checkpoint, _folder["saved"], overwrite: true);
            Nodeps.AssertFault(Nodeps.Run([.. resume, path]), Nodeps.CannotCreate, path, "is not a training log");
            Assert.Equal(text, File.ReadAllText(path));
        }
        string images = Path.Combine(Trained.Small.Data, DataSet.FileNames[0]);
        File.CreateSymbolicLink(_folder["data-" + name], images);
        byte[] pixels = File.ReadAllBytes(images);
        Nodeps.AssertFault(Nodeps.Run([.. resume, _folder["data-" + name]]), Nodeps.CannotCreate, "is a file of the data set");
        Assert.Equal(pixels, File.ReadAllBytes(images));
    }
}
