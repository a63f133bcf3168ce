using System.Text.Json;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The benchmarks run; what they measure is looked at elsewhere.</summary>
public sealed class BenchTests
{
    [Fact]
    public void TrainingIsMeasuredAsOneLineOfJson()
    {
        JsonElement one = Bench("1"), two = Bench("2");
        Assert.True(one.GetProperty("images_per_second").GetDouble() > 0);
        Assert.True(double.IsFinite(one.GetProperty("loss").GetDouble()));
        Assert.Equal(one.GetProperty("hash").GetRawText(), two.GetProperty("hash").GetRawText());
    }

    [ProgramFact("python3", "gcc")]
    public void TheComparisonRunsOnceSmallWithoutAPeer()
    {
        ProcessResult result = Command.Run("python3", [Path.Combine(Repository.Root, "tools", "bench.py"), "--quick",
            "--python", "/nowhere/python3"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("PyTorch is not installed", result.Output, StringComparison.Ordinal);
        Assert.Contains("start to exit", result.Output, StringComparison.Ordinal);
        Assert.Contains("peak resident memory", result.Output, StringComparison.Ordinal);
    }

    private static JsonElement Bench(string threads)
    {
        ProcessResult result = Nodeps.Succeed("bench", "train", "--net", "pedestrian", "--batch", "64", "--threads",
            threads, "--data", Repository.SampleData, "--seconds", "0.1", "--json");
        return JsonDocument.Parse(Assert.Single(result.OutputLines)).RootElement;
    }
}
