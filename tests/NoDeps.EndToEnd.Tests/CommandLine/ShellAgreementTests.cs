using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.CommandLine;

/// <summary>zsh and fish offer what bash offers, whose completions <see cref="CompletionTests"/> compares with the help pages.</summary>
public sealed class ShellAgreementTests
{
    private static readonly string[] Lines =
    [
        "tr", "--", "help ", "help tr", "help train --", "train --op", "train --optimizer ", "train --net pedestrian --op",
        "train --epochs ", "eval --isa avx5", "eval --model ", "eval --data d", "describe ", "describe va", "gradcheck --net l",
        "inspect m", "predict ", "predict train --", "convert m", "bench con", "bench conv ", "lab co", "explain inflate m", "completion z",
    ];

    private delegate string[] Shell(string? folder, string line);

    private static TestFolder Folder()
    {
        var folder = new TestFolder();
        folder.Write("my model.safetensors", [1]);
        Directory.CreateDirectory(folder["data set"]);
        // As a command is called: an operand must not be taken for one.
        Directory.CreateDirectory(folder["train"]);
        return folder;
    }

    private static void AssertAgrees(Shell shell)
    {
        using TestFolder folder = Folder();
        // Bash offers --help and --version too where nothing is typed yet.
        Assert.Equal(HelpPages.Commands.Order(), shell(folder.Path, "nodeps ").Order());
        IEnumerable<string> lines = Lines.Concat(HelpPages.Commands.Select(command => command + " --"));
        Assert.All(lines, line => Assert.Equal(CompletionShells.Bash(folder.Path, line.Split(' ')).Order(),
            shell(folder.Path, "nodeps " + line).Order()));
    }

    [ProgramFact("bash", "zsh")]
    public void ZshOffersWhatBashOffers() => AssertAgrees(CompletionShells.Zsh);

    [ProgramFact("bash", "fish")]
    public void FishOffersWhatBashOffers() => AssertAgrees(CompletionShells.Fish);

    [ProgramFact("zsh")]
    public void ZshOffersValuesAfterAnEqualsSign()
    {
        using TestFolder folder = Folder();
        Assert.Equal(["adam", "adamw"], CompletionShells.Zsh(folder.Path, "nodeps train --optimizer=a").Order());
        Assert.Equal(["lochman"], CompletionShells.Zsh(folder.Path, "nodeps gradcheck --net=l"));
        Assert.Equal(["my model.safetensors"], CompletionShells.Zsh(folder.Path, "nodeps eval --model=m"));
    }

    [ProgramFact("fish")]
    public void FishOffersValuesAfterAnEqualsSign()
    {
        using TestFolder folder = Folder();
        Assert.Equal(["--optimizer=adam", "--optimizer=adamw"], CompletionShells.Fish(folder.Path, "nodeps train --optimizer=a").Order());
        Assert.Equal(["--net=lochman"], CompletionShells.Fish(folder.Path, "nodeps gradcheck --net=l"));
        Assert.Equal(["--model=my model.safetensors"], CompletionShells.Fish(folder.Path, "nodeps eval --model=m"));
    }

    /// <summary>As make install puts it: zsh finds the file by its name, and loads it at the first use.</summary>
    [ProgramFact("zsh")]
    public void ZshLoadsItsScriptFromAFolder()
    {
        using var folder = new TestFolder();
        folder.Write("_nodeps", Nodeps.Succeed("completion", "zsh").Output);
        const string Script = """
            fpath=($1 $fpath)
            autoload -Uz compinit && compinit -u -D
            [[ $_comps[nodeps] == _nodeps ]] || exit 1
            _describe() { print -r -- described $2; }
            words=(nodeps '') CURRENT=2
            _nodeps
            whence -w _nodeps_name_or_file
            """;
        ProcessResult result = Command.Run("zsh", ["-f", "-c", Script, "zsh", folder.Path]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal("described commands\n_nodeps_name_or_file: function\n", result.Output);
    }
}
