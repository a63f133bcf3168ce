using System.Text.Json;
using System.Text.RegularExpressions;
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

    [Fact]
    public void WithoutASubjectTheSubjectsAreListed()
    {
        Assert.Contains("\n  conv ", Nodeps.Succeed("bench").Output, StringComparison.Ordinal);
        Nodeps.AssertFault(Nodeps.Run("bench", "everything"), Nodeps.Usage, "everything", "conv");
    }

    /// <summary>Once, small: layers, passes and forms are all there, and the forms agree.</summary>
    [Fact]
    public void ConvolutionIsMeasuredInThreeForms()
    {
        string[] lines = Nodeps.Succeed("bench", "conv", "--batch", "3", "--seconds", "0").OutputLines;
        Assert.Single(lines, line => line.StartsWith("conv 6 kernel=5 on 1x28x28 ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("conv 16 kernel=5 on 6x12x12 ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("conv 20 kernel=5 on 1x28x28 ", StringComparison.Ordinal));
        foreach (string form in new[] { "lanes", "im2col", "scalar" })
            Assert.Equal(9, lines.Count(line => Regex.IsMatch(line, $@" {form} +\d+\.\d+ +\d+\.\d+ +\d+\.\d$")));
        foreach (string pass in new[] { "forward", "input gradient", "weight gradient" })
            Assert.Equal(3, lines.Count(line => line.Contains($" {pass} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void TheResultsHaveTheirHash() => HaveTheirHash("avx2");

    [Avx512Fact]
    public void TheResultsHaveTheSameHashWithAvx512() => HaveTheirHash("avx512");

    /// <summary>The order of every sum is a promise: any machine gives these numbers, with either instruction set.</summary>
    private static void HaveTheirHash(string isa)
    {
        string[] lines = Nodeps.Succeed("bench", "conv", "--net", "vardhan", "--batch", "5", "--seconds", "0", "--isa", isa,
            "--json").OutputLines;
        Assert.Equal(2 * 9 + 1, lines.Length);
        JsonElement measured = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal("lanes", measured.GetProperty("form").GetString());
        Assert.True(measured.GetProperty("microseconds_per_image").GetDouble() > 0);
        JsonElement result = JsonDocument.Parse(lines[^1]).RootElement;
        Assert.InRange(result.GetProperty("difference").GetDouble(), 0, 1e-5);
        Assert.Equal("49f906b2", result.GetProperty("hash").GetString());
    }
}
