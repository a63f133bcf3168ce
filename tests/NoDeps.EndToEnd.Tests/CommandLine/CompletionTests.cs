using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.CommandLine;

/// <summary>The completion scripts: what bash offers is compared with the help pages; zsh and fish have the same options.</summary>
public sealed class CompletionTests
{
    private static string[] Offered(string? folder, params string[] words) => CompletionShells.Bash(folder, words);

    [ProgramFact("bash")]
    public void CommandsAreOffered()
    {
        Assert.Equal([.. HelpPages.Commands, "--help", "--version"], Offered(null, ""));
        Assert.Equal(["train"], Offered(null, "tr"));
        Assert.Equal(HelpPages.Commands, Offered(null, "help", ""));
    }

    [ProgramFact("bash")]
    public void OptionsOfEachCommandAreOffered() => Assert.All(HelpPages.Commands, command =>
        Assert.Equal(HelpPages.Options(command).Select(option => option.Name).Order(), Offered(null, command, "--").Order()));

    [ProgramFact("bash")]
    public void ValuesAreOffered()
    {
        Assert.Equal(["sgd", "momentum", "nesterov", "adam", "adamw"], Offered(null, "train", "--optimizer", ""));
        Assert.Equal(["avx512"], Offered(null, "eval", "--isa", "avx5"));
        Assert.Equal(["avx2", "avx512"], Offered(null, "eval", "--isa", "="));
        Assert.Equal(["avx512"], Offered(null, "eval", "--isa", "=", "avx5"));
        Assert.Contains("lochman", Offered(null, "gradcheck", "--net", "l"));
        Assert.Equal(["vardhan"], Offered(null, "describe", "va"));
        Assert.Empty(Offered(null, "train", "--epochs", ""));
        Assert.Equal(["conv"], Offered(null, "bench", "con"));
        Assert.Equal(["copy", "compare"], Offered(null, "lab", "co").OrderDescending(StringComparer.Ordinal));
        Assert.Equal(["zsh"], Offered(null, "completion", "z"));
    }

    [ProgramFact("bash")]
    public void FilesAndFoldersAreOffered()
    {
        using var folder = new TestFolder();
        folder.Write("my model.safetensors", [1]);
        Directory.CreateDirectory(folder["data set"]);
        Assert.Equal(["data set", "my model.safetensors"], Offered(folder.Path, "eval", "--model", "").Order(StringComparer.Ordinal));
        Assert.Equal(["data set"], Offered(folder.Path, "eval", "--data", "d"));
        Assert.Equal(["my model.safetensors"], Offered(folder.Path, "inspect", "m"));
    }

    [ProgramFact("zsh")]
    public void ZshAcceptsItsScript() =>
        Assert.Equal(0, Command.Shell("\"$1\" completion zsh | zsh -n /dev/stdin", Repository.Binary).ExitCode);

    [ProgramFact("fish")]
    public void FishAcceptsItsScript() =>
        Assert.Equal(0, Command.Shell("\"$1\" completion fish | fish -n /dev/stdin", Repository.Binary).ExitCode);

    /// <summary>Quotes are balanced and every option of every command is there, whatever shell is installed.</summary>
    [Theory]
    [InlineData("zsh", "'{0}=[", "'{0}[")]
    [InlineData("fish", " -l {1} ", " -l {1} ")]
    public void ScriptsNameEveryOption(string shell, string withValue, string flag)
    {
        string script = Nodeps.Succeed("completion", shell).Output;
        foreach (string command in HelpPages.Commands)
        {
            foreach ((string name, string value) in HelpPages.Options(command))
                Assert.Contains(string.Format(value.Length > 0 ? withValue : flag, name, name[2..]), script, StringComparison.Ordinal);
        }
    }
}
