using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.CommandLine;

/// <summary>What each shell, run with its script, offers for a command line; the cursor is at its end.</summary>
internal static class CompletionShells
{
    /// <summary>For the last of the words after the program's name.</summary>
    public static string[] Bash(string? folder, params string[] words)
    {
        const string Script = """
            source <("$1" completion bash)
            shift
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            _nodeps
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        return Lines(Command.Run("bash", ["-c", Script, "bash", Repository.Binary, "nodeps", .. words], folder));
    }

    /// <summary>In an interactive zsh, on a terminal of its own, whose compadd tells what it is given.</summary>
    public static string[] Zsh(string? folder, string line)
    {
        const string Inside = """
            autoload -Uz compinit && compinit -u -D
            source <("$NODEPS" completion zsh)
            compadd() {
              local -a flags offered
              flags=("${(@)argv[1,${argv[(i)--]}-1]}")
              if (( ! $flags[(I)-[ADO]] )); then
                builtin compadd -A offered "$@"
                (( $#offered )) && print -rl -- "${(@Q)offered}" >> $SCRATCH/offered
              fi
              builtin compadd "$@"
            }
            zle-line-init() { BUFFER=$LINE CURSOR=$#LINE; zle complete-word; print -n > $SCRATCH/done; exit }
            zle -N zle-line-init
            """;
        const string Outside = """
            zmodload zsh/zpty
            zpty -b session 'zsh -f -i'
            zpty -w session 'source $SCRATCH/inside'
            while zpty -t session; do zpty -r session > /dev/null; sleep 0.01; done
            [[ -f $SCRATCH/done ]]
            """;
        using var scratch = new TestFolder();
        scratch.Write("inside", Inside);
        scratch.Write("offered", "");
        ProcessResult result = Command.Run("zsh", ["-f", "-c", Outside], folder, new Dictionary<string, string>
        {
            ["NODEPS"] = Repository.Binary,
            ["LINE"] = line,
            ["SCRATCH"] = scratch.Path,
            ["TERM"] = "dumb",
        });
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Error);
        return [.. File.ReadAllLines(scratch["offered"]).Distinct()];
    }

    /// <summary>In a fish without the user's settings. Descriptions and the slash after a folder are left out.</summary>
    public static string[] Fish(string? folder, string line)
    {
        const string Script = "$argv[1] completion fish | source; complete --do-complete $argv[2]";
        string[] offered = Lines(Command.Run("fish", ["--no-config", "-c", Script, Repository.Binary, line], folder));
        return [.. offered.Select(text => text.Split('\t')[0].TrimEnd('/'))];
    }

    private static string[] Lines(ProcessResult result)
    {
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Error);
        return [.. result.OutputLines.Where(line => line.Length > 0)];
    }
}
