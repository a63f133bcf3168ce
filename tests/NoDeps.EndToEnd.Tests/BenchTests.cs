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
        Assert.Contains("\n  primitives ", Nodeps.Succeed("bench").Output, StringComparison.Ordinal);
        Assert.Contains("\n  classify ", Nodeps.Succeed("bench").Output, StringComparison.Ordinal);
        Assert.Contains("\n  latency ", Nodeps.Succeed("bench").Output, StringComparison.Ordinal);
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
        Assert.Equal("c5e924b7", result.GetProperty("hash").GetString());
    }

    [Fact]
    public void ClassifyingHasItsHash() => ClassifiesToItsHash("avx2");

    [Avx512Fact]
    public void ClassifyingHasTheSameHashWithAvx512() => ClassifiesToItsHash("avx512");

    /// <summary>Many images, and one by itself, whose dense layers add up in another order.</summary>
    private static void ClassifiesToItsHash(string isa)
    {
        foreach (string threads in new[] { "1", "2" })
        {
            Assert.Equal(["ec892ff4", "7df298df"], HashesOf("classify", isa, threads));
            Assert.Equal(["146df0f2", "b91c6edd"], HashesOf("latency", isa, threads));
        }
        Assert.Matches("^pedestrian, 37 at a time, 1 threads: .* us, .* images/s, .* GFLOP/s; hash of the result ec892ff4$",
            Nodeps.Succeed("bench", "classify", "--net", "pedestrian", "--batch", "37", "--threads", "1", "--seconds", "0",
                "--isa", isa).OutputLines[0]);
    }

    private static IEnumerable<string> HashesOf(string subject, string isa, string threads) =>
        Nodeps.Succeed("bench", subject, "--batch", "37", "--seconds", "0", "--threads", threads, "--isa", isa, "--json").OutputLines
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("hash").GetString()!);

    /// <summary>Every row once: the sums that its results come to are those of the class library and of C.</summary>
    [Fact]
    public void PrimitivesComeToTheirSums()
    {
        string file = Path.Combine(Repository.SampleData, DataSet.FileNames[2] + ".gz");
        JsonElement[] rows = [.. Nodeps.Succeed("bench", "primitives", "--seconds", "0", "--json", "--data", file).OutputLines
            .Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(33, rows.Length);
        Assert.All(rows, row => Assert.True(row.GetProperty("nanoseconds").GetDouble() >= 0));
        string ResultsOf(string name) =>
            rows.Single(row => row.GetProperty("primitive").GetString() == name).GetProperty("results").GetString()!;
        Assert.Equal("0000000000040000", ResultsOf("strlen-4096"));
        Assert.Equal("000000007173879a", ResultsOf("crc32"));
        Assert.Equal("000000000af6f0b3", ResultsOf("adler32"));
        Assert.Equal("0000000000005998", ResultsOf("format-double"));
        Assert.Equal("0000000000001b82", ResultsOf("format-fixed"));
        Assert.Equal("dabc8da2e9b2584c", ResultsOf("parse-double"));
        Assert.Equal("000001ec9abc8ba5", ResultsOf("parse-float"));
        string line = Assert.Single(Nodeps.Succeed("bench", "primitives", "ctz", "--seconds", "0").OutputLines[1..]);
        Assert.Matches(@"^ctz +\d+\.\d+ +number +00000000000003e0$", line);
        Nodeps.AssertFault(Nodeps.Run("bench", "primitives", "cow"), Nodeps.Usage, "cow");
    }
}
