using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>What the program asks of the system, as strace sees it.</summary>
public sealed class SystemCallTests
{
    /// <summary>All that a training run may ask for: files and folders, memory, time, threads, the terminal.</summary>
    private static readonly HashSet<string> Expected =
    [
        "execve", "exit", "exit_group", "read", "write", "open", "close", "stat", "fstat", "fsync", "getdents64", "rename",
        "unlink", "ioctl", "mmap", "mremap", "mprotect", "munmap", "madvise", "clone", "futex", "sched_getaffinity",
        "clock_gettime", "getpid", "getrusage", "rt_sigaction", "openat", "newfstatat", "statx", "unlinkat", "renameat", "flock",
        "fallocate", "ftruncate", "geteuid", "getrandom",
    ];

    [ProgramFact("strace")]
    public void TrainingMakesOnlyTheExpectedCalls()
    {
        Assert.Empty(Trace(2).Select(call => call.Name).Distinct().Except(Expected));
    }

    [ProgramFact("strace")]
    public void TrainingOpensOnlyItsDataAndItsModel()
    {
        string[] opened = [.. Trace(2).Where(call => call.Name is "open" or "openat" or "stat" or "newfstatat" or "renameat" or "unlinkat")
            .Select(call => Regex.Match(call.Arguments, "\"([^\"]*)\"").Groups[1].Value).Distinct()];
        Assert.NotEmpty(opened);
        Assert.All(opened, path => Assert.True(path.StartsWith(Trained.Small.Data, StringComparison.Ordinal)
            || path.Contains("traced-model", StringComparison.Ordinal) || path is "/proc/self/exe" || IsOfControlGroup(path), path));
    }

    /// <summary>Whence the CPU quota comes.</summary>
    private static bool IsOfControlGroup(string path) => path is "/proc/self/cgroup" or "/proc/self/mountinfo"
        || Path.GetFileName(path) is "cpu.max" or "cpu.cfs_quota_us" or "cpu.cfs_period_us";

    [ProgramFact("strace")]
    public void ThereIsOneThreadForEachAskedFor()
    {
        Assert.DoesNotContain(Trace(1), call => call.Name == "clone");
        (string _, string arguments) = Assert.Single(Trace(2), call => call.Name == "clone");
        Assert.Contains("CLONE_VM", arguments, StringComparison.Ordinal);
        Assert.Contains("CLONE_THREAD", arguments, StringComparison.Ordinal);
    }

    [ProgramFact("strace")]
    public void NoMemoryIsEverBothWritableAndExecutable() => Assert.DoesNotContain(Trace(2),
        call => call.Name is "mmap" or "mprotect" && call.Arguments.Contains("PROT_EXEC", StringComparison.Ordinal)
            && call.Arguments.Contains("PROT_WRITE", StringComparison.Ordinal));

    /// <summary>Code is what the kernel mapped from the file, and nothing else ever.</summary>
    [ProgramFact("strace")]
    public void NothingBecomesExecutable() =>
        Assert.DoesNotContain(Trace(2), call => call.Arguments.Contains("PROT_EXEC", StringComparison.Ordinal));

    [ProgramFact("strace")]
    public void RelocatedConstantsAreMadeReadOnlyBeforeAnythingElse()
    {
        (string name, string arguments) = Trace(1)[1];
        Assert.Equal("mprotect", name);
        Assert.Matches(@"^0x\w+, \d+, PROT_READ$", arguments);
    }

    [ProgramFact("strace")]
    public void PrintingTheVersionTakesAHandfulOfCalls()
    {
        using var folder = new TestFolder();
        Command.Run("strace", ["-f", "-o", folder["log"], Repository.Binary, "--version"]);
        Assert.InRange(Parse(folder["log"]).Length, 2, 12);
    }

    /// <summary>Calls do not grow with the number of steps: memory is taken, and threads are made, once.</summary>
    [ProgramFact("strace")]
    public void AStepAllocatesAndStartsNothing()
    {
        string[] setUp = ["mmap", "mremap", "munmap", "clone", "open", "openat", "mprotect"];
        int Count(int epochs) => Trace(2, epochs).Count(call => setUp.Contains(call.Name));
        Assert.Equal(Count(1), Count(4));
    }

    private static (string Name, string Arguments)[] Trace(int threads, int epochs = 1)
    {
        using var folder = new TestFolder();
        ProcessResult result = Command.Run("strace", ["-f", "-s", "4096", "-o", folder["log"], Repository.Binary,
            "train", "--data", Trained.Small.Data, "--epochs", $"{epochs}", "--threads", $"{threads}", "--out",
            Path.Combine(Directory.CreateDirectory(folder["traced-models"]).FullName, "traced-model")]);
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        return Parse(folder["log"]);
    }

    /// <summary>The calls in order. Of a call that another thread interrupts, the first line counts.</summary>
    private static (string Name, string Arguments)[] Parse(string log) =>
        [.. File.ReadLines(log)
            .Select(line => Regex.Match(line, @"^(?:\d+ +)?(\w+)\((.*?)(?:\) += .*| <unfinished.*)$"))
            .Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))];
}
