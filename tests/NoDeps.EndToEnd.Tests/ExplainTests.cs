using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary><c>nodeps explain</c>: what it shows is true, and fits a terminal.</summary>
public sealed class ExplainTests
{
    /// <summary>Runs it, and asserts what holds for every explanation: ASCII only, at most 80 columns.</summary>
    private static string[] Explain(params string[] arguments)
    {
        ProcessResult result = Nodeps.Succeed(["explain", .. arguments]);
        Assert.Empty(result.Error);
        Assert.DoesNotContain(result.Output, static c => c is not '\n' and (< ' ' or > '~'));
        Assert.All(result.OutputLines, line => Assert.True(line.Length <= 80 && line == line.TrimEnd(), $"[{line}]"));
        return result.OutputLines;
    }

    private static string Bits(ulong x) =>
        string.Join(' ', Enumerable.Range(0, 8).Select(i => Convert.ToString((byte)(x >> (56 - 8 * i)), 2).PadLeft(8, '0')));

    [Theory]
    [InlineData("40")]
    [InlineData("1")]
    [InlineData("0xdeadbeef00000000")]
    [InlineData("18446744073709551615")]
    public void TrailingZerosStepByStep(string text)
    {
        ulong x = text.StartsWith("0x") ? Convert.ToUInt64(text, 16) : ulong.Parse(text);
        ulong one = x & (0 - x);
        ulong product = one * 0x0245434CB63AE7BF;
        string[] lines = Explain("ctz", text);
        Assert.Equal([Bits(x), Bits(0 - x), Bits(one), Bits(product)],
            lines.Select(line => line.Trim()).Where(line => Regex.IsMatch(line, @"^[01]{8}( [01]{8}){7}$")));
        Assert.Contains($"six highest bits are {product >> 58}, as for no other shift", string.Join('\n', lines));
        Assert.Single(lines, line => line.Contains('[') && line.Contains($"[{BitOperations.TrailingZeroCount(x),2}]"));
        Assert.Equal($"  ctz {text} = {BitOperations.TrailingZeroCount(x)}", lines[^1]);
        Assert.EndsWith($" = {BitOperations.LeadingZeroCount(x)}", Explain("clz", text)[^1]);
        Assert.EndsWith($" = {BitOperations.PopCount(x)}", Explain("popcount", text)[^1]);
    }

    [Fact]
    public void ZeroHasNoOne()
    {
        Assert.Equal("  ctz 0 = 64", Explain("ctz", "0")[^1]);
        Assert.EndsWith(" = 64", Explain("clz", "0")[^1]);
        Assert.EndsWith(" = 0", Explain("popcount", "0")[^1]);
    }

    [Theory]
    [InlineData("0.1", "0.1000000000000000055511151231257827021181583404541015625")]
    [InlineData("1e23", "99999999999999991611392")]
    [InlineData("-2", "2")]
    [InlineData("123456.789", "123456.789000000004307366907596588134765625")]
    public void DoublesToTheLastDigit(string text, string exact)
    {
        string[] lines = Explain("double", text);
        double value = double.Parse(text, CultureInfo.InvariantCulture);
        Assert.Contains("    " + exact, lines);
        string bits = Convert.ToString(BitConverter.DoubleToInt64Bits(value), 2).PadLeft(64, '0');
        Assert.Contains($"  {bits[..1]} {bits[1..12]} {bits[12..]}", lines);
        Assert.Equal("  shortest text  " + value.ToString("R", CultureInfo.InvariantCulture), lines[^1]);
    }

    [Fact]
    public void NeighborsAndIntervalOfAFloat()
    {
        string[] lines = Explain("float", "0.1");
        Assert.Contains("  |  next          0.10000000894069671630859375", lines);
        Assert.Contains("  ]  halfway       0.1000000052154064178466796875", lines);
        Assert.Contains("  [  halfway       0.0999999977648258209228515625", lines);
        Assert.Contains("  |  previous      0.0999999940395355224609375", lines);
        Assert.Equal("  shortest text  0.1", lines[^1]);
    }

    [Theory]
    [InlineData("double", "5e-324", "5E-324")]
    [InlineData("double", "1.7976931348623157e308", "1.7976931348623157E+308")]
    [InlineData("double", "0", "0")]
    [InlineData("double", "-0", "-0")]
    [InlineData("double", "nan", "NaN")]
    [InlineData("float", "-inf", "-Infinity")]
    [InlineData("float", "1e-45", "1E-45")]
    [InlineData("float", "16777216", "16777216")]
    [InlineData("float", "3.4028235e38", "3.4028235E+38")]
    [InlineData("double", "0.30000000000000004", "0.30000000000000004")]
    public void TheShortestText(string format, string text, string shortest) =>
        Assert.Equal("  shortest text  " + shortest, Explain([format, .. text[0] == '-' ? ["--", text] : new[] { text }])[^1]);

    [Theory]
    [InlineData("hello, world")]
    [InlineData("")]
    [InlineData("exactly8")]
    [InlineData("a `mark` and a $gap, _others_ @too@: so long that words in the middle are left out")]
    public void TheLengthOfAString(string text)
    {
        string[] lines = Explain("strlen", text);
        Assert.EndsWith($" = {text.Length}", lines[^1]);
        Assert.Contains(@"\0", string.Join('\n', lines));
        if (text.Length > 40) Assert.Contains("words without a zero byte", string.Join('\n', lines));
    }

    /// <summary>All literals and matches that it tells, one after the other, are the data.</summary>
    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void TheSymbolsOfAStreamAreItsData(CompressionLevel level)
    {
        byte[] data = [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(i => $"{i * i % 97} 'quoted' {i}\n")))
            .Concat(Enumerable.Range(0, 256).Select(i => (byte)i))];
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, level)) gzip.Write(data);
        using var folder = new TestFolder();
        string path = folder.Write("data.gz", memory.ToArray());
        string[] lines = Nodeps.Succeed("explain", "inflate", path, "--all").OutputLines;
        Assert.Contains(lines, line => line.EndsWith($" bytes become {data.Length:N0}"));
        if (level == CompressionLevel.NoCompression)
        {
            Assert.Contains(lines, line => line.Contains($"{data.Length:N0} stored bytes"));
            return;
        }
        var told = new List<byte>();
        foreach (string line in lines)
        {
            Match literal = Regex.Match(line, @"^    [01]+ +(?:'(.)'|0x([0-9a-f]{2}))$");
            Match match = Regex.Match(line, @"^    [01+]+ [01+]+ +(\d+) bytes from (\d+) back: """);
            if (literal.Groups[1].Success) told.Add((byte)literal.Groups[1].Value[0]);
            else if (literal.Success) told.Add(Convert.ToByte(literal.Groups[2].Value, 16));
            else if (match.Success)
                for (int i = int.Parse(match.Groups[1].Value); i > 0; i--) told.Add(told[^int.Parse(match.Groups[2].Value)]);
        }
        Assert.Equal(data, told);
        string[] few = Explain("inflate", path).Skip(1).ToArray();
        Assert.True(few.Length < lines.Length / 2);
        Assert.Contains(few, line => line.EndsWith("more symbols (--all shows them)"));
    }

    [Theory]
    [InlineData(1, 0, 3)]
    [InlineData(2, 1, 3)]
    [InlineData(1, 2, 7)]
    [InlineData(4, 0, 1)]
    public void EveryWindowsProductsAddUp(int stride, int pad, int side)
    {
        string[] lines = Explain("conv", $"{stride}", $"{pad}", "--all");
        var sums = new List<int>();
        int sum = 0;
        foreach (string line in lines)
        {
            foreach (Match product in Regex.Matches(line, @"(\d+)\* ?(-?\d+)"))
                sum += int.Parse(product.Groups[1].Value) * int.Parse(product.Groups[2].Value);
            Match total = Regex.Match(line, @"  = (-?\d+)$");
            if (!total.Success) continue;
            Assert.Equal(sum, int.Parse(total.Groups[1].Value));
            sums.Add(sum);
            sum = 0;
        }
        Assert.Equal(side * side, sums.Count);
        Assert.Equal(sums, lines[^side..].SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse));
    }

    [Fact]
    public void AloneItListsItsSubjects()
    {
        string alone = Nodeps.Succeed("explain").Output;
        Assert.Equal(Nodeps.Succeed("explain", "--help").Output, alone);
        Assert.All(["ctz", "clz", "popcount", "strlen", "float", "double", "inflate", "conv", "--all"],
            word => Assert.Contains(word, alone));
    }

    [Fact]
    public void WhatCannotBeExplainedIsAFault()
    {
        using var folder = new TestFolder();
        Nodeps.AssertFault(Nodeps.Run("explain", "inflate", folder["nothing"]), Nodeps.NoInput, "nothing");
        ProcessResult damaged = Nodeps.Run("explain", "inflate", folder.Write("damaged", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 7, 7]));
        Nodeps.AssertFault(damaged, Nodeps.Data, "damaged", "at byte 10");
        Assert.Empty(damaged.Output);
    }

    /// <summary>A terminal gets colors, unless it asks for none.</summary>
    [Fact]
    public void ColorsAreForTerminals()
    {
        string line = $"{Repository.Binary} explain ctz 40";
        Assert.Contains("\u001b[0;1;33m", Command.Run("script", ["-qec", line, "/dev/null"]).Output);
        Assert.Contains("▲", Command.Run("script", ["-qec", line, "/dev/null"]).Output);
        string plain = Command.Run("script", ["-qec", "NO_COLOR=1 " + line, "/dev/null"]).Output;
        Assert.Equal(Nodeps.Succeed("explain", "ctz", "40").Output, plain.Replace("\r", ""));
    }
}
