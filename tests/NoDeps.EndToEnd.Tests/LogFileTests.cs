using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The file of <c>train --log</c>: where it must not go.</summary>
public sealed class LogFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>The log must not destroy what the training reads or writes, under whatever name.</summary>
    [Theory]
    [InlineData("log.csv", "is where the model goes", "--out", "log.csv")]
    [InlineData("./log.csv", "is where the model goes", "--out", "log.csv")]
    [InlineData("dangling.csv", "is where the model goes", "--out", "log.csv")]
    [InlineData("c.jsonl", "is where checkpoints go", "--checkpoint-file", "./c.jsonl")]
    [InlineData("net.csv", "is the network's description", "--net", "net.csv")]
    [InlineData("net-link.csv", "is the network's description", "--net", "net.csv")]
    [InlineData("init.csv", "is the model that the training starts from", "--init", "init.csv")]
    [InlineData("init-hard.jsonl", "is the model that the training starts from", "--init", "init.csv")]
    [InlineData("data-link.csv", "is a file of the data set")]
    [InlineData("data-hard.csv", "is a file of the data set")]
    [InlineData("program.csv", "is this program itself")]
    public void ALogOntoAnotherFileOfTheTrainingIsRefused(string log, string why, params string[] options)
    {
        string data = Trained.Small.Set.WriteTo(_folder["data"]);
        string images = Path.Combine(data, DataSet.FileNames[0]);
        File.Copy(Path.Combine(Repository.Root, "data", "nets", "richard.net"), _folder["net.csv"]);
        File.Copy(Trained.Small.Model, _folder["init.csv"]);
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

    /// <summary>Neither exists, and both are one file.</summary>
    [Fact]
    public void ACheckpointWhereTheModelGoesIsRefused() => Nodeps.AssertFault(
        Command.Run(Repository.Binary, ["train", "--data", Trained.Small.Data, "--out", "m", "--checkpoint-file", "./m"], _folder.Path),
        Nodeps.CannotCreate, "is where the model goes");

    [Fact]
    public void AModelMayHaveTheNameOfItsNetwork() => Assert.Equal(Nodeps.Success, Command.Run(Repository.Binary,
        ["train", "--data", Trained.Small.Data, "--epochs", "1", "--out", "pedestrian"], _folder.Path).ExitCode);
}
