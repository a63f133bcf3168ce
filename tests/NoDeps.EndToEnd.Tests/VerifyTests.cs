using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Reference cases of another program, verified by the program itself.</summary>
public sealed class VerifyTests : IDisposable
{
    private const int Different = 1;
    private static readonly string Own = Path.Combine(Repository.Root, "data", "reference");
    private static readonly string[] OwnNames = ["images", "rectangles", "shortcuts", "smoothing", "squared-error"];
    private static readonly string Small = Path.Combine(Own, "squared-error.safetensors");

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal)];

    /// <summary>The case with its header and data changed.</summary>
    private string Edit(string file, Action<JsonObject, byte[]> change)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int length = (int)BitConverter.ToInt64(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject();
        byte[] data = bytes[(8 + length)..];
        change(header, data);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header);
        return _folder.Write("edited.safetensors", [.. BitConverter.GetBytes((long)text.Length), .. text, .. data]);
    }

    private string Scale(string file, string key, float factor) => Edit(file, (header, data) =>
    {
        var offsets = header[key]!["data_offsets"]!.AsArray();
        foreach (ref float x in MemoryMarshal.Cast<byte, float>(data.AsSpan((int)offsets[0]!..(int)offsets[1]!))) x *= factor;
    });

    /// <summary>The keys of the tensors that a run called wrong.</summary>
    private static string[] Wrong(ProcessResult result) =>
        [.. result.OutputLines.Where(line => line.EndsWith("  WRONG", StringComparison.Ordinal)).Select(line => line.Split(' ')[0])];

    private static void AssertPass(string[] files, params string[] options)
    {
        ProcessResult result = Nodeps.Succeed(["verify", .. files, .. options]);
        Assert.Empty(Wrong(result));
        Assert.Empty(result.Error);
        Assert.EndsWith(", 0 WRONG", result.OutputLines[^1], StringComparison.Ordinal);
        Assert.StartsWith($"{files.Length} files: ", result.OutputLines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lanes")]
    [InlineData("im2col")]
    [InlineData("scalar")]
    public void OurOwnCasesPassInEveryForm(string kernel)
    {
        Assert.Equal(OwnNames, Files(Own).Select(Path.GetFileNameWithoutExtension));
        AssertPass(Files(Own), "--isa", "avx2", "--kernel", kernel);
    }

    [Avx512Fact]
    public void OurOwnCasesPassWithAvx512() => AssertPass(Files(Own), "--isa", "avx512");

    [SharedReferenceFact]
    public void AllSharedCasesPass()
    {
        string[] files = Files(Repository.SharedReference!);
        Assert.Equal(["lochman", "overlap", "pedestrian", "residual", "richard", "scratch", "vardhan"],
            files.Select(Path.GetFileNameWithoutExtension));
        AssertPass(files, "--isa", "avx2");
        if (new Avx512FactAttribute().Skip is null) AssertPass(files, "--isa", "avx512");
    }

    [Fact]
    public void TheTableHasALineATensor()
    {
        ProcessResult result = Nodeps.Succeed("verify", Small, "--isa", "avx2", "--threads", "1");
        string[] results = [.. new SafetensorsFile(Small).Tensors.Keys.Where(key =>
            !key.StartsWith("param.", StringComparison.Ordinal) && key is not ("input" or "labels"))];
        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(Small)
            + @": [\d,]+ parameters, batch \d+, tolerance 1\.0e-04, avx2, lanes$", result.OutputLines[0]);
        string[] rows = [.. result.OutputLines.Where(line => line.EndsWith("  ok", StringComparison.Ordinal))];
        Assert.Equal(results.Order(StringComparer.Ordinal), rows.Select(row => row.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Contains($"{results.Length} tensors: {results.Length} ok, 0 rounding, 0 WRONG; largest error within the tolerance ",
            result.Output, StringComparison.Ordinal);
        Assert.Equal(result.Output, Nodeps.Succeed("verify", "--isa", "avx2", "--threads", "3", Small).Output);
    }

    /// <summary>One of each kind of result, by a thousandth.</summary>
    [Theory]
    [InlineData("output.0")]
    [InlineData("loss")]
    [InlineData("grad.input")]
    [InlineData("grad.0.weight")]
    [InlineData("after.0.weight")]
    [InlineData("eval.output")]
    public void AThousandthIsFoundAndNamed(string key)
    {
        string file = Scale(Small, key, 1.001f);
        ProcessResult result = Nodeps.Run("verify", file);
        Assert.Equal([key], Wrong(result));
        Nodeps.AssertFault(result, Different, "edited.safetensors", "expected 0, found 1");
        Assert.Empty(Wrong(Nodeps.Succeed("verify", file, "--tolerance", "0.01")));
        JsonElement root = JsonDocument.Parse(Nodeps.Run("verify", file, "--json").Output).RootElement;
        Assert.False(root.GetProperty("passed").GetBoolean());
        JsonElement tensor = Assert.Single(root.GetProperty("tensors").EnumerateArray(),
            tensor => tensor.GetProperty("verdict").GetString() == "wrong");
        Assert.Equal(key, tensor.GetProperty("key").GetString());
    }

    [Fact]
    public void AWrongFileAmongRightOnesFailsAndTheOthersAreStillVerified()
    {
        string file = Scale(Small, "grad.input", 1.001f);
        ProcessResult result = Nodeps.Run("verify", file, Small);
        Nodeps.AssertFault(result, Different, "expected 0, found 1");
        Assert.Equal(["grad.input"], Wrong(result));
        Assert.Matches(@"^2 files: \d+ tensors: \d+ ok, 0 rounding, 1 WRONG$", result.OutputLines[^1]);
    }

    [Fact]
    public void JsonIsALineAFile()
    {
        ProcessResult result = Nodeps.Succeed(["verify", "--json", .. Files(Own)]);
        Assert.Equal(Files(Own), result.OutputLines.Select(line =>
        {
            JsonElement root = JsonDocument.Parse(line).RootElement;
            Assert.True(root.GetProperty("passed").GetBoolean());
            Assert.Equal(1e-4, root.GetProperty("tolerance").GetDouble());
            Assert.Equal("lanes", root.GetProperty("kernel").GetString());
            Assert.All(root.GetProperty("tensors").EnumerateArray(), tensor =>
            {
                Assert.InRange(tensor.GetProperty("error").GetDouble(), 0, 1e-4);
                Assert.Equal(JsonValueKind.Null, tensor.GetProperty("moved").ValueKind);
                Assert.Equal("ok", tensor.GetProperty("verdict").GetString());
            });
            return root.GetProperty("file").GetString()!;
        }));
    }

    [Fact]
    public void WhatIsNoCaseGetsOneSentence()
    {
        Nodeps.AssertFault(Nodeps.Run("verify", _folder["none.safetensors"]), Nodeps.NoInput, "none.safetensors");
        Nodeps.AssertFault(Nodeps.Run("verify", Trained.Small.Model), Nodeps.Data, "learning_rate");
        string renamed = Edit(Small, (header, _) =>
        {
            JsonNode tensor = header["grad.input"]!;
            header.Remove("grad.input");
            header["grad.inputs"] = tensor;
        });
        Nodeps.AssertFault(Nodeps.Run("verify", renamed), Nodeps.Data, "edited.safetensors", "missing tensor 'grad.input'");
        Nodeps.AssertFault(Nodeps.Run("verify", Edit(Small, (header, _) => header.Remove("__metadata__"))), Nodeps.Data, "\"net\"");
        string turned = Edit(Small, (header, _) =>
        {
            int[] sizes = [.. header["input"]!["shape"]!.AsArray().Select(size => (int)size!).Reverse()];
            header["input"]!["shape"] = new JsonArray([.. sizes.Select(size => JsonValue.Create(size))]);
        });
        Nodeps.AssertFault(Nodeps.Run("verify", turned), Nodeps.Data, "wrong shape of tensor 'input'", "expected ", ", found ");
        byte[] file = File.ReadAllBytes(Small);
        foreach (int length in new[] { 0, 7, 100, file.Length / 2, file.Length - 1 })
        {
            Nodeps.AssertFault(Nodeps.Run("verify", _folder.Write("cut.safetensors", file[..length])), Nodeps.Data,
                "cut.safetensors");
        }
    }

    [Fact]
    public void TheCommandLineIsChecked()
    {
        Nodeps.AssertFault(Nodeps.Run("verify"), Nodeps.Usage, "CASE.safetensors");
        Nodeps.AssertFault(Nodeps.Run("verify", Small, "--tolerance", "2"), Nodeps.Usage, "--tolerance");
        string help = Nodeps.Succeed("verify", "--help").Output;
        Assert.StartsWith("usage: nodeps verify [OPTION]... CASE.safetensors...", help, StringComparison.Ordinal);
        Assert.All(["--tolerance", "--json", "--isa", "--kernel", "rounding", "moved", "rest", "Exit codes: 0 "],
            word => Assert.Contains(word, help, StringComparison.Ordinal));
    }
}
