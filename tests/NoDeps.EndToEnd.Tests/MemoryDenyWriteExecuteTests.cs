using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>
/// The program under memory-deny-write-execute: no page may become executable that was not mapped so, as systemd's
/// MemoryDenyWriteExecute asks of a service.
/// </summary>
public sealed class MemoryDenyWriteExecuteTests
{
    /// <summary>Sets PR_SET_MDWE to PR_MDWE_REFUSE_EXEC_GAIN, which survives execve, and becomes the program.</summary>
    private const string Launcher = """
        #include <stdio.h>
        #include <sys/prctl.h>
        #include <unistd.h>
        int main(int count, char **values)
        {
            (void)count;
            if (prctl(65, 1, 0, 0, 0) != 0) { fputs("no PR_SET_MDWE\n", stderr); return 99; }
            execv(values[1], values + 1);
            return 98;
        }
        """;

    [DenyWriteExecuteFact]
    public void EveryCommandRuns()
    {
        using var folder = new TestFolder();
        string launcher = folder["launch"];
        ProcessResult built = Command.Run("gcc", ["-o", launcher, folder.Write("launch.c", Launcher)]);
        Assert.True(built.ExitCode == 0, built.ToString());
        string model = folder["model"];
        string[][] commands =
        [
            ["--help"], ["train", "--help"], ["describe", "pedestrian"],
            ["train", "--data", Trained.Small.Data, "--epochs", "1", "--threads", "2", "--out", model],
            ["eval", "--model", model, "--data", Trained.Small.Data],
            ["predict", "--model", model, Trained.Small.Image(0)],
            ["explain", "ctz", "40"], ["gradcheck", "--net", "vardhan"],
        ];
        foreach (string[] command in commands)
        {
            ProcessResult result = Command.Run(launcher, [Repository.Binary, .. command]);
            Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        }
    }
}
