using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The benchmarks run; what they measure is looked at elsewhere.</summary>
public sealed class BenchTests
{
    [ProgramFact("python3", "gcc")]
    public void TheComparisonRunsOnceSmallWithoutAPeer()
    {
        ProcessResult result = Command.Run("python3", [Path.Combine(Repository.Root, "tools", "bench.py"), "--quick",
            "--python", "/nowhere/python3"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("PyTorch is not installed", result.Output, StringComparison.Ordinal);
        Assert.Contains("start to exit", result.Output, StringComparison.Ordinal);
        Assert.Contains("hash of the result, the same in every round and on any number of threads", result.Output,
            StringComparison.Ordinal);
        Assert.Contains("peak resident memory", result.Output, StringComparison.Ordinal);
    }
}
