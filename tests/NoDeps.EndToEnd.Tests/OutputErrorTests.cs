using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Output that cannot be written: a model file appears whole or not at all.</summary>
public sealed class OutputErrorTests
{
    [Fact]
    public void AFolderThatIsMissingIsAFaultBeforeAnyTraining()
    {
        ProcessResult result = Train("/nowhere/model.safetensors");
        Nodeps.AssertFault(result, Nodeps.CannotCreate, "/nowhere/model.safetensors");
        Assert.DoesNotContain("epoch 1/", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderInPlaceOfTheFileIsAFault()
    {
        using var folder = new TestFolder();
        Nodeps.AssertFault(Train(folder.Path), Nodeps.CannotCreate, folder.Path);
        Assert.Empty(folder.Names);
    }

    [UnprivilegedFact]
    public void AReadOnlyFolderIsAFaultAndAnOlderModelStays()
    {
        using var folder = new TestFolder();
        string binary = folder["nodeps"], data = Trained.Small.Set.WriteTo(folder["data"]);
        File.Copy(Repository.Binary, binary);
        string locked = Directory.CreateDirectory(folder["locked"]).FullName;
        string model = Path.Combine(locked, "model.safetensors");
        File.WriteAllText(model, "an older model");
        File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        try
        {
            string[] prefix = UnprivilegedFactAttribute.Prefix;
            ProcessResult result = Command.Run(prefix[0],
                [.. prefix[1..], binary, "train", "--data", data, "--epochs", "1", "--out", model]);
            Nodeps.AssertFault(result, Nodeps.CannotCreate, model);
            Assert.Equal("an older model", File.ReadAllText(model));
            Assert.Single(Directory.GetFileSystemEntries(locked));
        }
        finally
        {
            File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>What fails only in the end costs no model, and leaves no half one.</summary>
    [Fact]
    public void AModelThatCannotBeSavedIsSavedElsewhere()
    {
        using var folder = new TestFolder();
        ProcessResult result = Command.Run(Repository.Binary, Arguments("/dev/full"),
            environment: new Dictionary<string, string> { ["TMPDIR"] = folder.Path }, workingDirectory: folder.Path);
        string name = Assert.Single(folder.Names);
        Nodeps.AssertFault(result, Nodeps.InputOutput, "/dev/full: no space left on device", folder[name]);
        Assert.EndsWith("-full", name, StringComparison.Ordinal);
        Assert.NotEmpty(new SafetensorsFile(folder[name]).Tensors);
        Assert.DoesNotContain("model ", result.Output, StringComparison.Ordinal);
    }

    [MountFact]
    public void AFullDiskIsAFaultBeforeAnyTrainingAndAnOlderModelStays()
    {
        const string Script = """
            mount -t tmpfs -o size=96k none "$1" && printf 'an older model' >"$1/model" || exit 99
            "$2" train --data "$3" --epochs 1 --seed 7 --out "$1/model"
            echo "exit $?"
            cat "$1/model"
            echo
            ls -A "$1"
            """;
        using var folder = new TestFolder();
        string[] prefix = MountFactAttribute.Prefix!;
        ProcessResult result = Command.Run(prefix[0], [.. prefix[1..], "/bin/sh", "-c", Script, "sh", folder.Path,
            Repository.Binary, Trained.Small.Data]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal([$"exit {Nodeps.CannotCreate}", "an older model", "model"], result.OutputLines);
        Assert.StartsWith("nodeps: ", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains("/model", result.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    public void AFullStdoutIsAFault(string option)
    {
        ProcessResult result = Command.Shell("exec \"$1\" \"$2\" >/dev/full", Repository.Binary, option);
        Nodeps.AssertFault(result, Nodeps.InputOutput);
    }

    [Fact]
    public void ALaterRunReplacesTheModel()
    {
        using var folder = new TestFolder();
        string model = folder.Write("model", "an older model");
        Nodeps.Succeed("train", "--data", Trained.Small.Data, "--epochs", "1", "--seed", "7", "--out", model);
        Assert.NotEmpty(new SafetensorsFile(model).Tensors);
        Assert.Equal(["model"], folder.Names);
    }

    private static string[] Arguments(string model) =>
        ["train", "--data", Trained.Small.Data, "--epochs", "1", "--seed", "7", "--out", model];

    private static ProcessResult Train(string model) => Nodeps.Run(Arguments(model));
}
