using System.Globalization;
using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The number of threads: as many as there are processors to run them, and a note where more are asked for.</summary>
public sealed class ThreadCountTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The first processor that this process may run on.</summary>
    private static string OneProcessor
    {
        get
        {
            string status = File.ReadAllText("/proc/self/status");
            return Regex.Match(status, @"Cpus_allowed_list:\s*(\d+)").Groups[1].Value;
        }
    }

    private ProcessResult OnOneProcessor(string words) => Command.Run("taskset", ["-c", OneProcessor, Repository.Binary,
        .. words.Split(' ').Select(word => word switch { "MODEL" => Trained.Small.Model, "DATA" => Trained.Small.Data, _ => word })],
        _folder.Path);

    [ProgramTheory("taskset")]
    [InlineData("train --data DATA --epochs 1 --out m")]
    [InlineData("eval --model MODEL --data DATA")]
    [InlineData("gradcheck --net richard --batch 2")]
    [InlineData("bench train --net richard --batch 2 --seconds 0")]
    [InlineData("lab sweep 1048576")]
    public void MoreThreadsThanProcessorsAreNoted(string words)
    {
        ProcessResult result = OnOneProcessor(words + " --threads 3");
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        Assert.Equal("nodeps: note: 3 threads on 1 processor: more threads than processors do not help", result.ErrorLines[0]);
        foreach (string threads in new[] { " --threads 1", "" })
        {
            if (words.StartsWith("train", StringComparison.Ordinal)) File.Delete(_folder["m"]);
            Assert.DoesNotContain("nodeps: note", OnOneProcessor(words + threads).Error, StringComparison.Ordinal);
        }
    }

    [ProgramFact("taskset")]
    public void TheDefaultIsWhatTheAffinityMaskAllows() => Assert.Contains("machine   1 thread, ",
        OnOneProcessor("train --data DATA --epochs 1 --out m").Output, StringComparison.Ordinal);

    /// <summary>Files of /proc and of a group that are made up, laid over those of the process.</summary>
    private ProcessResult InGroup(string quota, params string[] more)
    {
        const string Script = """
            cd "$1" && shift && mkdir -p "my groups/a/b" && printf '%s\n' "$1" >"my groups/a/cpu.max" && shift &&
            echo "0::/x/a/b" >cgroup && printf '30 23 0:26 /x %s/my\\040groups rw - cgroup2 cgroup2 rw\n' "$PWD" >mountinfo &&
            mount --bind cgroup /proc/$$/cgroup && mount --bind mountinfo /proc/$$/mountinfo && exec "$@"
            """;
        string[] prefix = MountFactAttribute.Prefix!;
        ProcessResult result = Command.Run(prefix[0], [.. prefix[1..], "/bin/sh", "-c", Script, "sh", _folder.Path, quota,
            Repository.Binary, "train", "--data", Trained.Small.Data, "--epochs", "1", "--out", "m", .. more]);
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        return result;
    }

    [MountFact]
    public void ACpuQuotaCounts()
    {
        Assert.Contains("machine   1 thread, ", InGroup("100000 100000").Output, StringComparison.Ordinal);
        string all = Regex.Match(InGroup("max 100000").Output, @"machine   (\d+) thread").Groups[1].Value;
        int processors = int.Parse(all, CultureInfo.InvariantCulture);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{Math.Min(processors, 2)}"),
            Regex.Match(InGroup("150000 100000").Output, @"machine   (\d+) thread").Groups[1].Value);
    }

    [MountFact]
    public void ANoteSaysThatTheQuotaIsTheReason()
    {
        string all = Regex.Match(InGroup("max 100000").Output, @"machine   (\d+) thread").Groups[1].Value;
        ProcessResult result = InGroup("50000 100000", "--threads", "2");
        Assert.Equal("nodeps: note: 2 threads on " + (all == "1" ? "1 processor: more threads than processors do not help"
            : $"{all} processors, of which the CPU quota of the control group allows 1: more threads do not help"),
            result.ErrorLines[0]);
        Assert.Contains("machine   2 threads, ", result.Output, StringComparison.Ordinal);
    }
}
