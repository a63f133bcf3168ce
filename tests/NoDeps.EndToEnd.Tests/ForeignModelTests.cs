using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Model files that say nothing of themselves, as safetensors.torch.save_file writes them.</summary>
public sealed class ForeignModelTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _mean;
    private readonly string _deviation;

    /// <summary>The small model without its metadata.</summary>
    private readonly string _model;

    public ForeignModelTests()
    {
        IReadOnlyDictionary<string, string> metadata = new SafetensorsFile(Trained.Small.Model).Metadata;
        (_mean, _deviation) = (metadata["mean"], metadata["std"]);
        _model = Strip("foreign.safetensors", header => header.Remove("__metadata__"));
    }

    public void Dispose() => _folder.Dispose();

    private string Strip(string name, Action<JsonObject> change)
    {
        byte[] file = File.ReadAllBytes(Trained.Small.Model);
        int length = (int)BitConverter.ToInt64(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        change(header);
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        return _folder.Write(name, [.. BitConverter.GetBytes((long)text.Length), .. text, .. file.AsSpan(8 + length)]);
    }

    [Fact]
    public void WithoutADescriptionTheErrorAsksForNet()
    {
        Nodeps.AssertFault(Nodeps.Run("eval", "--model", _model, "--data", Trained.Small.Data), Nodeps.Data,
            "foreign.safetensors", "\"net\"", "--net NAME|FILE");
        Nodeps.AssertFault(Nodeps.Run("predict", "--model", _model, Trained.Small.Image(0)), Nodeps.Data, "--net NAME|FILE");
    }

    [Fact]
    public void NetMeanAndDeviationMakeUpForTheMetadata()
    {
        string[] said = ["--model", _model, "--net", "pedestrian", "--mean", _mean, "--std", _deviation];
        ProcessResult own = Nodeps.Succeed("eval", "--model", Trained.Small.Model, "--data", Trained.Small.Data);
        Assert.Equal(own.Output, Nodeps.Succeed(["eval", .. said, "--data", Trained.Small.Data]).Output);
        string image = Trained.Small.Image(5);
        ProcessResult one = Nodeps.Succeed("predict", "--json", "--model", Trained.Small.Model, image);
        Assert.Equal(one.Output, Nodeps.Succeed(["predict", "--json", .. said, image]).Output);
        Assert.Equal(one.Output, Nodeps.Succeed(["predict", image, "--json", .. said]).Output);
    }

    [Fact]
    public void WithoutMeanAndDeviationPixelsGoFromZeroToOne()
    {
        string image = Trained.Small.Image(5);
        string[] said = ["predict", "--json", "--model", _model, "--net", "pedestrian", image];
        string plain = Nodeps.Succeed(said).Output;
        Assert.Equal(plain, Nodeps.Succeed([.. said, "--mean", "0", "--std", "1"]).Output);
        Assert.NotEqual(plain, Nodeps.Succeed([.. said, "--mean", _mean]).Output);
    }

    [Fact]
    public void MeanWithoutDeviationInTheMetadataIsAFault()
    {
        string half = Strip("half.safetensors", header => header["__metadata__"]!.AsObject().Remove("std"));
        Nodeps.AssertFault(Nodeps.Run("eval", "--model", half, "--data", Trained.Small.Data), Nodeps.Data, "std");
    }

    [Fact]
    public void AnotherNetworkThanTheTensorsIsAFault() => Nodeps.AssertFault(
        Nodeps.Run("eval", "--model", _model, "--net", "lochman", "--data", Trained.Small.Data), Nodeps.Data,
        "foreign.safetensors", "0.weight");

    [Theory]
    [InlineData("--net", "/nowhere/x.net", Nodeps.NoInput)]
    [InlineData("--mean", "2", Nodeps.Usage)]
    [InlineData("--std", "0", Nodeps.Usage)]
    [InlineData("--std", "nan", Nodeps.Usage)]
    public void WrongValuesAreToldOf(string option, string value, int exitCode) => Nodeps.AssertFault(
        Nodeps.Run("eval", "--model", _model, "--data", Trained.Small.Data, option, value), exitCode, option == "--net" ? value : option);

    [Fact]
    public void LogitsAndProbabilityBelongTogether()
    {
        ProcessResult result = Nodeps.Succeed("predict", "--json", "--model", Trained.Small.Model, Trained.Small.Image(8));
        using var json = JsonDocument.Parse(Assert.Single(result.OutputLines));
        double[] logits = [.. json.RootElement.GetProperty("logits").EnumerateArray().Select(number => number.GetDouble())];
        Assert.Equal(10, logits.Length);
        int best = json.RootElement.GetProperty("class").GetInt32();
        Assert.Equal(logits.Max(), logits[best]);
        double probability = Math.Exp(logits[best]) / logits.Sum(Math.Exp);
        Assert.Equal(probability, json.RootElement.GetProperty("probability").GetDouble(), 1e-5);
    }
}
