using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.CommandLine;

/// <summary>The man page, and what make install does with it.</summary>
public sealed class ManPageTests
{
    [ProgramFact("groff")]
    public void GroffHasNothingToWarnAbout()
    {
        ProcessResult result = Command.Shell("\"$1\" man | groff -man -Tutf8 -ww -P-cbu", Repository.Binary);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Error);
        Assert.Contains("NODEPS(1)", result.Output, StringComparison.Ordinal);
        Assert.All(HelpPages.Commands, command => Assert.Contains($"nodeps {command}", result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryOptionIsThereWithItsRange()
    {
        string page = Nodeps.Succeed("man").Output;
        Assert.StartsWith(".TH NODEPS 1 ", page, StringComparison.Ordinal);
        Assert.Contains(Nodeps.Succeed("--version").Output.Trim(), page, StringComparison.Ordinal);
        Assert.Contains("an integer from 1 to 100000; default: 5", page, StringComparison.Ordinal);
        Assert.Contains("a number above 0 and at most 1", page, StringComparison.Ordinal);
        foreach (string command in HelpPages.Commands)
        {
            Assert.Contains($"\n.SS {command}\n", page, StringComparison.Ordinal);
            foreach ((string name, _) in HelpPages.Options(command).Where(option => option.Name != "--help"))
                Assert.Contains($"\n.B {name.Replace("-", "\\-", StringComparison.Ordinal)}", page, StringComparison.Ordinal);
        }
    }

    [ProgramFact("make")]
    public void InstallAndUninstall()
    {
        using var folder = new TestFolder();
        string[] Make(string target)
        {
            ProcessResult result = Command.Run("make", ["-s", "-C", Repository.Root, target, "PREFIX=/opt/nodeps", $"DESTDIR={folder.Path}",
                $"PROGRAM={Repository.Binary}"]);
            Assert.True(result.ExitCode == 0, result.ToString());
            return [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder.Path, path)).Order(StringComparer.Ordinal)];
        }

        Assert.Equal(["opt/nodeps/bin/nodeps", "opt/nodeps/share/bash-completion/completions/nodeps",
            "opt/nodeps/share/fish/vendor_completions.d/nodeps.fish", "opt/nodeps/share/man/man1/nodeps.1",
            "opt/nodeps/share/zsh/site-functions/_nodeps"], Make("install"));
        Assert.Equal(Nodeps.Succeed("--version").Output, Command.Run(folder["opt/nodeps/bin/nodeps"], ["--version"]).Output);
        Assert.Equal(Nodeps.Succeed("man").Output, File.ReadAllText(folder["opt/nodeps/share/man/man1/nodeps.1"]));
        Assert.Empty(Make("uninstall"));
    }
}
