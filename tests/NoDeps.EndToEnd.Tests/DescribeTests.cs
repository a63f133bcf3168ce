using System.Text.Json;
using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Networks as tables and as JSON.</summary>
public sealed class DescribeTests
{
    private static readonly string[] Networks = ["cifar", "lochman", "pedestrian", "pedestrian-shortcut", "richard", "scratch", "vardhan"];

    [Fact]
    public void WithoutANameTheBuiltInNetworksAndRecipesAreListed()
    {
        string[] all = Nodeps.Succeed("describe").OutputLines;
        string[] lines = [.. all.TakeWhile(line => line.Length > 0)], recipes = [.. all.Skip(lines.Length + 1)];
        Assert.Equal(["recipe", "best", "fashion"], recipes.Select(line => line.Split(' ')[0]));
        Assert.Equal(Networks, lines.Skip(1).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Matches(@"^lochman +6 +1,446,030  \S", Assert.Single(lines, line => line.StartsWith("lochman")));
        foreach (string line in Nodeps.Succeed("describe", "--json").OutputLines)
        {
            JsonElement network = JsonDocument.Parse(line).RootElement;
            Assert.Contains(network.GetProperty("network").GetString(), Networks);
            Assert.NotEmpty(network.GetProperty("comment").GetString()!);
        }
    }

    /// <summary>Counted by hand: 24·24·6·25, 8·8·16·150, 256·120, 120·84, 84·10.</summary>
    [Fact]
    public void TheTableHasShapesAndCounts()
    {
        string[] lines = Nodeps.Succeed("describe", "pedestrian").OutputLines;
        Row("    0  conv 6 kernel=5 ", "6x24x24", "156", "86,400");
        Row("    4  conv 16 kernel=5 ", "16x8x8", "2,416", "153,600");
        Row("    8  flatten ", "256", "0", "0", "0", "0");
        Row("    9  dense 120 ", "120", "30,840", "30,720");
        Row("   15  dense 10 ", "10", "850", "840");
        Row("       total ", "44,878", "281,640");
        Assert.Contains("loss      softmax-cross-entropy", lines);
        Assert.Contains(lines, line => line.StartsWith("recipe    5 epochs, batch 64, nesterov, one-cycle to 0.1",
            StringComparison.Ordinal));

        void Row(string start, params string[] cells)
        {
            string line = Assert.Single(lines, line => line.StartsWith(start, StringComparison.Ordinal));
            Assert.Equal(cells, line[start.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(cells.Length));
        }
    }

    [Fact]
    public void NumbersStopAtTheRightEndOfTheirColumn()
    {
        foreach (string name in Networks)
        {
            string[] lines = Nodeps.Succeed("describe", name).OutputLines;
            string[] table = [.. lines.SkipWhile(line => !line.StartsWith("layer")).TakeWhile(line => line.Length > 0)];
            Assert.Single(table.Select(line => line.Length).Distinct());
        }
    }

    [Fact]
    public void TheTablesRowsAddUpToItsTotal()
    {
        foreach (string name in Networks)
        {
            string[] lines = Nodeps.Succeed("describe", name, "--batch", "100").OutputLines;
            long[][] bytes = [.. lines.SkipWhile(line => !line.StartsWith("layer")).Skip(1).TakeWhile(line => line.Length > 0)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2..].Select(Number).ToArray())];
            Assert.Equal(bytes[^1][0], bytes[..^1].Sum(row => row[0]));
            Assert.Equal(bytes[^1][1], bytes[..^1].Sum(row => row[1]));
            JsonElement json = Json(name, "--batch", "100");
            Assert.Equal(100, json.GetProperty("batch").GetInt32());
            Assert.Equal(bytes[^1][0], json.GetProperty("training_bytes").GetInt64());
            Assert.Equal(bytes[^1][1], json.GetProperty("evaluation_bytes").GetInt64());
        }
    }

    /// <summary>What train maps is what is described, but for the order of the images and the alignment.</summary>
    [ProgramTheory("strace")]
    [InlineData("")]
    [InlineData(" ema=0.99")]
    [InlineData(" ema=0.9 rotate=10 elastic=30,4 shift=2")]
    public void TrainingTakesTheMemoryThatIsDescribed(string recipe)
    {
        using var folder = new TestFolder();
        const string Network = "input 1x28x28\nconv 32 kernel=3\nbatchnorm\nmaxpool kernel=2\nflatten\ndense 100\ndense 10\n" +
            "loss softmax-cross-entropy\nrecipe epochs=1 batch=128";
        string file = folder.Write("net", Network + recipe + "\n");
        long described = Json(file).GetProperty("training_bytes").GetInt64();
        Command.Run("strace", ["-f", "-e", "trace=mmap", "-o", folder["log"], Repository.Binary, "train", "--net", file, "--data",
            Trained.Small.Data, "--threads", "2", "--out", folder["m"]]);
        long[] mapped = [.. File.ReadLines(folder["log"]).Select(line => Regex.Match(line, @"mmap\(NULL, (\d+), .*MAP_ANONYMOUS"))
            .Where(match => match.Success).Select(match => long.Parse(match.Groups[1].Value))];
        Assert.Contains(mapped, bytes => bytes >= described && bytes <= described + 8192);
        string[] lines = Nodeps.Succeed("describe", file).OutputLines;
        Assert.Equal(recipe.Length > 0, lines.Any(line => line.TrimStart().StartsWith("average (ema) ", StringComparison.Ordinal)));
        long[] bytes = [.. lines.SkipWhile(line => !line.StartsWith("layer")).Skip(1).TakeWhile(line => line.Length > 0)
            .Select(line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]))];
        Assert.Equal(described, bytes[^1]);
        Assert.Equal(described, bytes[..^1].Sum());
    }

    private static long Number(string grouped) => long.Parse(grouped.Replace(",", ""));

    private static JsonElement Json(params string[] arguments) =>
        JsonDocument.Parse(Nodeps.Succeed(["describe", .. arguments, "--json"]).Output).RootElement;

    [Fact]
    public void JsonHasTheSame()
    {
        JsonElement network = Json("vardhan");
        Assert.Equal([1, 28, 28], network.GetProperty("input").EnumerateArray().Select(x => x.GetInt32()));
        JsonElement layer = network.GetProperty("layers")[3];
        Assert.Equal("conv 12 kernel=2x3 stride=1x2 pad=1x0", layer.GetProperty("description").GetString());
        Assert.Equal([12, 8, 6], layer.GetProperty("output").EnumerateArray().Select(x => x.GetInt32()));
        Assert.Equal(588, layer.GetProperty("parameters").GetInt32());
        Assert.Equal(12 * 8 * 6 * 8 * 6, layer.GetProperty("multiply_adds").GetInt32());
        Assert.Equal(2646, network.GetProperty("parameters").GetInt32());
        Assert.Equal("squared-error", Json("richard").GetProperty("loss").GetString());
    }

    [Fact]
    public void ASavedModelIsDescribedByWhatItHoldsOfItsDescription()
    {
        string[] model = Nodeps.Succeed("describe", Trained.Small.Model).OutputLines;
        Assert.Equal(Nodeps.Succeed("describe", "pedestrian").OutputLines[1..], model[1..]);
    }

    [Fact]
    public void WhatIsNoNetworkIsAFault()
    {
        using var folder = new TestFolder();
        Nodeps.AssertFault(Nodeps.Run("describe", "pedestrain"), Nodeps.NoInput, "pedestrain", "pedestrian");
        byte[] model = File.ReadAllBytes(Trained.Small.Model);
        Nodeps.AssertFault(Nodeps.Run("describe", folder.Write("cut.safetensors", model[..1000])), Nodeps.Data, "cut.safetensors");
        Assert.Equal(Nodeps.Usage, Nodeps.Run("describe", "pedestrian", "vardhan").ExitCode);
    }
}
