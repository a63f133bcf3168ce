using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Where a model goes: what is followed, written to or kept, and what is refused before anything is trained.</summary>
public sealed class OutputPlaceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string[] Arguments(string model) =>
        ["train", "--data", Trained.Small.Data, "--epochs", "1", "--seed", "7", "--net", "richard", "--out", model];

    private ProcessResult Train(string model) => Command.Run(Repository.Binary, Arguments(model), _folder.Path);

    private static readonly Lazy<byte[]> Model = new(() =>
    {
        using var folder = new TestFolder();
        Nodeps.Succeed(Arguments(folder["model"]));
        return File.ReadAllBytes(folder["model"]);
    });

    private static void AssertTrained(ProcessResult result) => Assert.True(result.ExitCode == Nodeps.Success, result.ToString());

    private static void AssertRefused(ProcessResult result, params string[] contained)
    {
        Nodeps.AssertFault(result, Nodeps.CannotCreate, contained);
        Assert.DoesNotContain("epoch 1/", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    /// <summary>Runs a script as whoever may mount, in a namespace of its own: $1 the folder, $2 the program, $3 the data.</summary>
    private ProcessResult InMounts(string script)
    {
        string[] prefix = MountFactAttribute.Prefix!;
        return Command.Run(prefix[0], [.. prefix[1..], "/bin/sh", "-c", script, "sh", _folder.Path, Repository.Binary, Trained.Small.Data]);
    }

    [Fact]
    public void ALinkIsFollowed()
    {
        Directory.CreateDirectory(_folder["there"]);
        File.WriteAllText(_folder["there/model"], "an older model");
        File.CreateSymbolicLink(_folder["link"], "there/model");
        AssertTrained(Train(_folder["link"]));
        Assert.Equal("there/model", new FileInfo(_folder["link"]).LinkTarget);
        Assert.Equal(Model.Value, File.ReadAllBytes(_folder["there/model"]));
    }

    [Fact]
    public void StandardOutputAsAPipeGetsTheModelAndNothingElse()
    {
        ProcessResult result = Train("/dev/stdout");
        AssertTrained(result);
        Assert.Equal(Model.Value, result.OutputBytes);
        Assert.Contains("test accuracy", result.Error, StringComparison.Ordinal);
        Assert.NotNull(new FileInfo("/dev/stdout").LinkTarget);
    }

    [Fact]
    public void StandardOutputAsAFileGetsTheModelAndNothingElse()
    {
        ProcessResult result = Command.Shell("""cd "$1" && shift && exec "$@" >model""",
            [_folder.Path, Repository.Binary, .. Arguments("/dev/stdout")]);
        AssertTrained(result);
        Assert.Equal(Model.Value, File.ReadAllBytes(_folder["model"]));
        Assert.NotNull(new FileInfo("/dev/stdout").LinkTarget);
    }

    [ProgramFact("script")]
    public void ATerminalIsRefused()
    {
        string line = string.Join(' ', Arguments("/dev/stdout").Prepend(Repository.Binary).Select(word => $"'{word}'"));
        ProcessResult result = Command.Run("script", ["-qec", line, "/dev/null"], _folder.Path);
        Assert.Equal(Nodeps.CannotCreate, result.ExitCode);
        Assert.Contains("/dev/stdout: is a terminal", result.Output, StringComparison.Ordinal);
    }

    [ProgramFact("mkfifo")]
    public void ANamedPipeIsWrittenToAndStays()
    {
        ProcessResult result = Command.Shell("""cd "$1" && shift && mkfifo pipe && { cat pipe >model & } && "$@" && wait && test -p pipe""",
            [_folder.Path, Repository.Binary, .. Arguments("pipe")]);
        AssertTrained(result);
        Assert.Equal(Model.Value, File.ReadAllBytes(_folder["model"]));
    }

    [Fact]
    public void ADeviceIsWrittenToAndStays()
    {
        AssertTrained(Train("/dev/null"));
        Assert.Equal("/dev/null: character device", Command.Shell("test -c /dev/null && echo /dev/null: character device").OutputLines[0]);
    }

    [Fact]
    public void AReadOnlyFileIsRefused()
    {
        string model = _folder.Write("model", "an older model");
        File.SetUnixFileMode(model, UnixFileMode.UserRead);
        AssertRefused(Train(model), model, "read-only", "chmod u+w");
        Assert.Equal("an older model", File.ReadAllText(model));
    }

    [Fact]
    public void TheProgramItselfIsRefused()
    {
        File.Copy(Repository.Binary, _folder["nodeps"]);
        File.CreateSymbolicLink(_folder["link"], "nodeps");
        AssertRefused(Command.Run(_folder["nodeps"], Arguments(_folder["link"]), _folder.Path), "this program itself");
        Assert.Equal(File.ReadAllBytes(Repository.Binary), File.ReadAllBytes(_folder["nodeps"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AFileOfTheDataSetIsRefused(int file)
    {
        string data = Trained.Small.Set.WriteTo(_folder["data"]), path = Path.Combine(data, DataSet.FileNames[file]);
        byte[] before = File.ReadAllBytes(path);
        AssertRefused(Nodeps.Run("train", "--data", data, "--epochs", "1", "--out", path), path, "IDX file");
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    /// <summary>Whatever its content: a CSV file is told by nothing but that it is read.</summary>
    [Fact]
    public void AFileOfTheDataSetIsRefusedUnderAnyName()
    {
        var set = new SmallSet(40);
        Directory.CreateDirectory(_folder["data"]);
        File.WriteAllBytes(_folder["data/train.csv"], set.Csv(header: false));
        File.CreateSymbolicLink(_folder["link"], "data/train.csv");
        AssertRefused(Nodeps.Run("train", "--data", _folder["data"], "--epochs", "1", "--out", _folder["link"]), "link");
        Assert.Equal(set.Csv(header: false), File.ReadAllBytes(_folder["data/train.csv"]));
    }

    [Fact]
    public void ADescriptionIsRefused()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "data", "nets", "richard.net"));
        string net = _folder.Write("mine.net", text), other = _folder.Write("other.net", text);
        AssertRefused(Nodeps.Run("train", "--data", Trained.Small.Data, "--net", net, "--out", net), net, "the network's description");
        AssertRefused(Train(other), other, "a network description");
        Assert.Equal(text, File.ReadAllText(net));
        Assert.Equal(text, File.ReadAllText(other));
    }

    [Fact]
    public void TheModelThatIsReadIsRefused()
    {
        string model = _folder.Write("model", Model.Value);
        AssertRefused(Nodeps.Run("train", "--data", Trained.Small.Data, "--init", model, "--out", _folder["./model"]), "starts from");
        File.CreateSymbolicLink(_folder["link"], "model");
        AssertRefused(Nodeps.Run("convert", model, _folder["link"], "--force", "--half"), "the model that is read");
        Assert.Equal(Model.Value, File.ReadAllBytes(model));
    }

    [Fact]
    public void ALimitOnFileSizesIsFoundBeforeTraining()
    {
        ProcessResult result = Command.Shell("""ulimit -f 8; exec "$@" """, [Repository.Binary, .. Arguments(_folder["model"])]);
        AssertRefused(result, "file too large");
        Assert.Empty(_folder.Names);
    }

    [TwoUsersFact]
    public void AnotherUsersFileInAStickyFolderIsRefused()
    {
        string binary = _folder["nodeps"], data = Trained.Small.Set.WriteTo(_folder["data"]);
        File.Copy(Repository.Binary, binary);
        string sticky = Directory.CreateDirectory(_folder["sticky"]).FullName, model = Path.Combine(sticky, "model");
        File.WriteAllText(model, "an older model");
        File.SetUnixFileMode(model, (UnixFileMode)0b110_110_110);
        File.SetUnixFileMode(sticky, UnixFileMode.StickyBit | (UnixFileMode)0b111_111_111);
        string[] prefix = UnprivilegedFactAttribute.Prefix;
        ProcessResult result = Command.Run(prefix[0], [.. prefix[1..], binary, "train", "--data", data, "--epochs", "1", "--out", model]);
        AssertRefused(result, model, "sticky");
        Assert.Equal("an older model", File.ReadAllText(model));
        Assert.Single(Directory.GetFileSystemEntries(sticky));
    }

    [ChangeAttributesTheory]
    [InlineData("model", "i", "is immutable")]
    [InlineData("model", "a", "is append-only")]
    [InlineData(".", "i", "the directory is immutable")]
    [InlineData(".", "a", "the directory is append-only")]
    public void ImmutableAndAppendOnlyFilesAndFoldersAreRefused(string name, string attribute, string sentence)
    {
        string folder = Directory.CreateDirectory(_folder["models"]).FullName, model = Path.Combine(folder, "model");
        File.WriteAllText(model, "an older model");
        string changed = Path.Combine(folder, name);
        Assert.Equal(0, Command.Run("chattr", ["+" + attribute, changed]).ExitCode);
        try
        {
            AssertRefused(Train(model), sentence, "chattr -" + attribute);
            AssertRefusedWhereNew();
            Assert.Equal("an older model", File.ReadAllText(model));
            Assert.Single(Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Command.Run("chattr", ["-" + attribute, changed]);
        }

        void AssertRefusedWhereNew()
        {
            if (name == ".") AssertRefused(Train(Path.Combine(folder, "new")), sentence);
        }
    }

    [MountFact]
    public void AMountedFileIsWrittenInPlaceWhichIsSaid()
    {
        const string Script = """
            cd "$1" && echo 'an older model, which is longer' >source && : >model && mount --bind source model || exit 99
            "$2" train --data "$3" --epochs 1 --seed 7 --net richard --out model || exit $?
            umount model && cmp model /dev/null && ls -A
            """;
        ProcessResult result = InMounts(Script);
        AssertTrained(result);
        Assert.Contains("nodeps: warning: model: a mounted or open file", result.Error, StringComparison.Ordinal);
        Assert.Equal(Model.Value, File.ReadAllBytes(_folder["source"]));
        Assert.Equal(["model", "source"], _folder.Names);
    }

    [MountFact]
    public void AReadOnlyFileSystemIsRefused()
    {
        const string Script = """
            mount -t tmpfs none "$1" && echo 'an older model' >"$1/model" && mount -o remount,ro "$1" || exit 99
            "$2" train --data "$3" --epochs 1 --out "$1/model"; echo $?
            "$2" train --data "$3" --epochs 1 --out "$1/new"; echo $?
            """;
        ProcessResult result = InMounts(Script);
        Assert.Equal([$"{Nodeps.CannotCreate}", $"{Nodeps.CannotCreate}"], result.OutputLines);
        Assert.All(result.ErrorLines, line => Assert.Contains("read-only file system", line, StringComparison.Ordinal));
    }

    /// <summary>Every container's first process is number 1: a name made of it would be taken for ever.</summary>
    [Fact]
    public void WhatAKilledTrainingLeftDoesNotBlockTheNext()
    {
        string stale = _folder.Write(".model.00000000000000aa.nodeps-tmp", "half a mod"), old = _folder.Write("model.tmp-1", "");
        AssertTrained(Train(_folder["model"]));
        Assert.False(File.Exists(stale));
        Assert.True(File.Exists(old));
        Assert.Equal(["model", "model.tmp-1"], _folder.Names);
    }
}
