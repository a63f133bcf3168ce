using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>What a training can be watched by: logs, lines of JSON, the line on a terminal; and what eval says class by class.</summary>
public sealed partial class TrainingLogTests : IDisposable
{
    private readonly TestFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string[] Arguments(params string[] more) =>
        ["train", "--data", Trained.Small.Data, "--out", _folder["m"], "--epochs", "3", .. more];

    [Fact]
    public void ALogHasALineForEachEpochInJsonAndInCsv()
    {
        Nodeps.Succeed(Arguments("--log", _folder["log.jsonl"], "--validation", "0.2", "--test-every", "3"));
        Nodeps.Succeed(Arguments("--log", _folder["log.csv"], "--validation", "0.2", "--test-every", "3"));
        JsonObject[] json = [.. File.ReadLines(_folder["log.jsonl"]).Select(line => JsonNode.Parse(line)!.AsObject())];
        string[][] csv = [.. File.ReadLines(_folder["log.csv"]).Select(line => line.Split(','))];
        Assert.Equal(3, json.Length);
        Assert.Equal(4, csv.Length);
        Assert.Equal(["epoch", "step", "loss", "rate", "validation_loss", "validation_accuracy", "test_loss", "test_accuracy", "seconds",
            "images_per_second"], csv[0]);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(i + 1, (int)json[i]["epoch"]!);
            Assert.Equal(8 * (i + 1), (int)json[i]["step"]!);
            Assert.Equal(i == 2, json[i].ContainsKey("test_accuracy"));
            // The same training: all but the times is the same.
            for (int column = 0; column < 8; column++)
            {
                string wanted = json[i][csv[0][column]]?.GetValue<double>().ToString("R", CultureInfo.InvariantCulture) ?? "";
                string found = csv[i + 1][column];
                if (found.Length > 0) found = double.Parse(found, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
                Assert.Equal(wanted, found);
            }
        }
        var history = JsonNode.Parse(new SafetensorsFile(_folder["m"]).Metadata["history"])!.AsArray();
        Assert.Equal(json.Select(epoch => (double)epoch["loss"]!), history.Select(epoch => (double)epoch!["loss"]!));
    }

    [Fact]
    public void ALogIsReadableWhileItRuns()
    {
        int seen = 0;
        Command.Run(Repository.Binary, ["train", "--data", Trained.Small.Data, "--out", _folder["m"], "--epochs", "100000", "--log",
            _folder["log.jsonl"]], watch: process =>
        {
            if (File.Exists(_folder["log.jsonl"])) seen = Math.Max(seen, File.ReadAllText(_folder["log.jsonl"]).Count(c => c == '\n'));
            if (seen > 5) process.Kill();
        });
        Assert.InRange(seen, 6, 100_000);
        Assert.All(File.ReadLines(_folder["log.jsonl"]), line => JsonNode.Parse(line));
    }

    [Fact]
    public void ALogThatExistsOrHasNoKnownEndingIsRefused()
    {
        string kept = _folder.Write("log.csv", "mine\n");
        Nodeps.AssertFault(Nodeps.Run(Arguments("--log", kept)), Nodeps.CannotCreate, "log.csv", "exists");
        Assert.Equal("mine\n", File.ReadAllText(kept));
        Nodeps.AssertFault(Nodeps.Run(Arguments("--log", _folder["log.txt"])), Nodeps.Usage, "--log", ".jsonl");
        Nodeps.AssertFault(Nodeps.Run(Arguments("--log", _folder["none/log.csv"])), Nodeps.CannotCreate, "none/log.csv");
        Assert.Equal(["log.csv"], _folder.Names);
    }

    [Fact]
    public void JsonIsAllThatStandardOutputHas()
    {
        ProcessResult result = Nodeps.Succeed(Arguments("--json", "--validation", "64"));
        JsonObject[] events = [.. result.OutputLines.Select(line => JsonNode.Parse(line)!.AsObject())];
        Assert.Equal(["start", "epoch", "epoch", "epoch", "end"], events.Select(e => (string)e["event"]!));
        Assert.Equal(576, (int)events[0]["training_images"]!);
        Assert.Equal(64, (int)events[0]["validation_images"]!);
        Assert.Equal(_folder["m"], (string)events[4]["model"]!);
        Assert.Equal(new FileInfo(_folder["m"]).Length, (long)events[4]["bytes"]!);
        Assert.Equal(100, (int)events[4]["test_count"]!);
        Assert.InRange((int)events[4]["best_epoch"]!, 1, 3);
        Assert.Empty(result.Error);
    }

    [ProgramTheory("script")]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(80)]
    [InlineData(200)]
    public void TheLineOnATerminalFitsItsColumns(int columns)
    {
        string terminal = OnTerminal(columns, "");
        string[] shown = [.. EscapesAndReturns().Split(terminal).Where(line => line.Contains(" left", StringComparison.Ordinal)
            || line.StartsWith("epoch ", StringComparison.Ordinal))];
        string[] live = [.. shown.Where(line => line.EndsWith(" left", StringComparison.Ordinal))];
        Assert.NotEmpty(live);
        Assert.All(live, line => Assert.InRange(line.Length, 1, columns - 1));
        Assert.Equal(columns >= 80, live.All(line => line.Contains('[')));
    }

    [ProgramTheory("script")]
    [InlineData("TERM=dumb")]
    public void ADumbTerminalGetsNoLineThatRenewsItself(string environment)
    {
        string terminal = OnTerminal(80, environment);
        Assert.DoesNotContain(" left", terminal, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', terminal);
        Assert.Contains("epoch 1/1  loss ", terminal, StringComparison.Ordinal);
    }

    private string OnTerminal(int columns, string environment)
    {
        string command = $"stty cols {columns}; {environment} '{Repository.Binary}' train --net lochman --threads 1 --epochs 1"
            + $" --data '{Repository.SampleData}' --out '{_folder["m"]}'";
        ProcessResult result = Command.Run("script", ["-qec", command, _folder["typescript"]]);
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        return File.ReadAllText(_folder["typescript"]);
    }

    [GeneratedRegex(@"\r|\n|\x1b\[K")]
    private static partial Regex EscapesAndReturns();

    [Fact]
    public void EvalCountsByClass()
    {
        string[] eval = ["eval", "--model", Trained.Small.Model, "--data", Trained.Small.Data];
        JsonObject json = JsonNode.Parse(Nodeps.Succeed([.. eval, "--json", "--mistakes", "5"]).Output)!.AsObject();
        long[][] confusion = [.. json["confusion"]!.AsArray().Select(row => row!.AsArray().Select(cell => (long)cell!).ToArray())];
        Assert.Equal(100, confusion.Sum(row => row.Sum()));
        Assert.Equal((int)json["correct"]!, Enumerable.Range(0, 10).Sum(i => confusion[i][i]));
        for (int i = 0; i < 10; i++)
        {
            JsonObject own = json["per_class"]![i]!.AsObject();
            long right = confusion[i][i], truth = confusion[i].Sum(), predicted = confusion.Sum(row => row[i]);
            Assert.Equal(truth, (long)own["count"]!);
            Assert.Equal(10, truth);
            if (predicted == 0) Assert.Null(own["precision"]);
            else Assert.Equal((double)right / predicted, (double)own["precision"]!, 1e-6);
            Assert.Equal((double)right / truth, (double)own["recall"]!, 1e-6);
            Assert.Equal(2.0 * right / (truth + predicted), (double)own["f1"]!, 1e-6);
        }
        Assert.InRange((double)json["calibration_error"]!, 0, 1);
        int wrong = 100 - (int)json["correct"]!;
        JsonArray? mistakes = json["mistakes"]?.AsArray();
        Assert.Equal(Math.Min(wrong, 5), mistakes?.Count ?? 0);
        double[] sure = [.. (mistakes ?? []).Select(mistake => (double)mistake!["probability"]!)];
        Assert.Equal(sure.OrderDescending(), sure);
        string text = Nodeps.Succeed([.. eval, "--per-class", "--confusion", "--mistakes", "2"]).Output;
        Assert.Contains("truth \\ predicted", text, StringComparison.Ordinal);
        Assert.Matches(@"\nclass +images +precision +recall +F1\n", text);
        Assert.Contains("expected calibration error ", text, StringComparison.Ordinal);
        Assert.Equal(Math.Min(wrong, 2), Regex.Count(text, @"(?m)^image \d+: \d, predicted \d \("));
    }

    /// <summary>Without probabilities there is no calibration, and no number where JSON has none.</summary>
    [Fact]
    public void EvalOfScoresHasNoCalibration()
    {
        Nodeps.Succeed(Arguments("--net", "richard"));
        JsonObject json = JsonNode.Parse(Nodeps.Succeed("eval", "--model", _folder["m"], "--data", Trained.Small.Data, "--json",
            "--mistakes", "3").Output)!.AsObject();
        Assert.Null(json["calibration_error"]);
        Assert.All(json["mistakes"]?.AsArray() ?? [], mistake => Assert.NotNull(mistake!["score"]));
    }
}
