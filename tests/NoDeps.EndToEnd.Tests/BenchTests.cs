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
        Assert.Contains("products of matrices", result.Output, StringComparison.Ordinal);
        Assert.Contains("peak resident memory", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutASubjectAllAreMeasured()
    {
        string[] lines = Nodeps.Succeed("bench", "--seconds", "0", "--batch", "2", "--net", "vardhan").OutputLines;
        string[] subjects = ["peak", "memory", "layers", "train", "scaling", "classify", "latency", "conv", "matmul",
            "primitives"];
        Assert.All(subjects, subject => Assert.Single(lines, line => line == $"bench {subject}"));
        Assert.All(subjects, subject => Assert.Contains($"\n  {subject} ", Nodeps.Succeed("bench", "--help").Output,
            StringComparison.Ordinal));
        Nodeps.AssertFault(Nodeps.Run("bench", "everything"), Nodeps.Usage, "everything", "conv");
    }

    private static JsonElement[] Rows(params string[] arguments) =>
        [.. Nodeps.Succeed([.. arguments, "--json"]).OutputLines.Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Hash(JsonElement row) => row.GetProperty("hash").GetString()!;

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    /// <summary>x ← x/2 + 1 ends at 2, and small whole numbers have sums without rounding: any machine gives these hashes.</summary>
    [Fact]
    public void PeakAndMemoryHaveTheirHashes()
    {
        JsonElement[] peaks = Rows("bench", "peak", "--seconds", "0");
        Assert.Equal("avx2", peaks[0].GetProperty("peak").GetString());
        Assert.All(peaks, row => Assert.Equal("a376f72f", Hash(row)));
        Assert.All(peaks, row => Assert.True(Number(row, "gflops") > 0));
        string isa = peaks[^1].GetProperty("peak").GetString()!;
        Assert.Equal(isa, Assert.Single(Rows("bench", "peak", "--seconds", "0", "--isa", isa)).GetProperty("peak").GetString());
        JsonElement[] blocks = Rows("bench", "memory", "--seconds", "0");
        Assert.Equal(["8f88c47e", "f2e348db", "d995971c", "763c8886"], blocks.Select(Hash));
        Assert.All(Rows("bench", "memory", "--seconds", "0", "--isa", "avx2").Zip(blocks),
            pair => Assert.Equal(Hash(pair.First), Hash(pair.Second)));
    }

    /// <summary>With and without the clock, on any number of threads and with any instructions training comes to the same.</summary>
    [Theory]
    [InlineData("pedestrian", "64")]
    [InlineData("scratch", "20")]
    public void TrainingHasItsHash(string net, string batch)
    {
        string[] common = ["--net", net, "--batch", batch, "--seconds", "0"];
        string hash = Hash(Rows(["bench", "train", .. common]).Single());
        Assert.Equal(hash, Hash(Rows(["bench", "train", "--threads", "1", "--isa", "avx2", .. common]).Single()));
        Assert.Equal(hash, Hash(Rows(["bench", "layers", .. common])[^1]));
    }

    [Fact]
    public void LayersHaveTheirShares()
    {
        JsonElement[] rows = Rows("bench", "layers", "--threads", "2", "--seconds", "0.05")[..^1];
        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"{i}"),
            rows.Select(row => row.GetProperty("layer").GetString()).Where(layer => layer != ""));
        Assert.InRange(rows[..^1].Sum(row => Number(row, "percent")), 99, 101);
        JsonElement convolution = rows.Single(row => row.GetProperty("description").GetString() == "conv 16 kernel=5");
        foreach (string name in new[] { "forward_us", "gflops", "backward_us", "backward_gflops", "percent_of_peak" })
            Assert.True(Number(convolution, name) > 0, name);
        Assert.Contains(rows, row => row.GetProperty("description").GetString() == "optimizer" && Number(row, "backward_us") > 0);
        Assert.Contains(rows, row => row.GetProperty("description").GetString() == "waiting and other");
    }

    /// <summary>The table is all that differs; the model is the same.</summary>
    [Fact]
    public void TrainingTellsWhereItsTimeWent()
    {
        using TestFolder folder = new();
        string[] common = ["train", "--data", Trained.Small.Data, "--epochs", "1", "--out"];
        string[] plain = Nodeps.Succeed([.. common, folder["plain"]]).OutputLines;
        string[] profiled = Nodeps.Succeed([.. common, folder["profiled"], "--profile"]).OutputLines;
        Assert.Equal(File.ReadAllBytes(folder["plain"]), File.ReadAllBytes(folder["profiled"]));
        string[] table = profiled[(plain.Length + 1)..];
        Assert.StartsWith("layer  description ", table[0], StringComparison.Ordinal);
        Assert.Contains(table, line => Regex.IsMatch(line, @"^4 +conv 16 kernel=5( +\d+\.\d+){6}$"));
        Assert.Contains(table, line => Regex.IsMatch(line, @"^ +waiting and other "));
        Assert.Contains(table, line => Regex.IsMatch(line, @"^ +all .* 100\.0 +\d+\.\d$"));
    }

    [Fact]
    public void ScalingGoesOverBatchesThreadsAndWidths()
    {
        JsonElement[] rows = Rows("bench", "scaling", "--batch", "4", "--threads", "2", "--seconds", "0");
        Assert.Equal(["1 1 1", "1 2 1", "1 4 1", "2 4 1", "4 4 1", "1 1 2", "1 2 2", "1 4 2", "2 4 2", "4 4 2"],
            rows.Select(row => $"{Number(row, "width")} {Number(row, "batch")} {Number(row, "threads")}"));
        Assert.Equal(rows[..5].Select(Hash), rows[5..].Select(Hash));
        Assert.Equal(5, rows[..5].Select(Hash).Distinct().Count());
        Assert.All(rows, row => Assert.True(Number(row, "images_per_second") > 0));
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
    public void ProductsOfMatricesHaveTheirHash() => ProductsHaveTheirHash("avx2");

    [Avx512Fact]
    public void ProductsHaveTheSameHashWithAvx512() => ProductsHaveTheirHash("avx512");

    /// <summary>A product is the same on any machine.</summary>
    private static void ProductsHaveTheirHash(string isa)
    {
        JsonElement[] rows = [.. Nodeps.Succeed("bench", "matmul", "--seconds", "0", "--json", "--isa", isa).OutputLines
            .Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.All(rows, row => Assert.True(row.GetProperty("gflops").GetDouble() > 0));
        Assert.Equal(
            "825b284c ae0a7077 8291579b a822d956 49913034 41fbecf7 cf1f6d11 4070b9d8 ec5f260c cd7c14b9 4188d2fa 2e402cfe",
            string.Join(' ', rows.Select(row => row.GetProperty("hash").GetString())));
        Assert.Matches("\n +64 +500 +2,880 +by columns ", Nodeps.Succeed("bench", "matmul", "--seconds", "0").Output);
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
            Assert.Equal(["ec892ff4", "7df298df"], HashesOf(isa, threads, "classify", "--batch", "37"));
            Assert.Equal(["146df0f2", "b91c6edd"], HashesOf(isa, threads, "latency"));
        }
        string[] table = Nodeps.Succeed("bench", "classify", "--net", "pedestrian", "--batch", "37", "--threads", "1", "--seconds", "0",
            "--isa", isa).OutputLines;
        Assert.Matches("^network +batch +threads +microseconds +images per second +gflops +hash$", table[0]);
        Assert.Matches("^pedestrian +37 +1 .* ec892ff4$", table[1]);
    }

    private static IEnumerable<string> HashesOf(string isa, string threads, params string[] subject) =>
        Nodeps.Succeed(["bench", .. subject, "--seconds", "0", "--threads", threads, "--isa", isa, "--json"]).OutputLines
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
