using System.Text;
using System.Text.Json.Nodes;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Models of other programs: other names, types and layouts, and what is said of them.</summary>
public sealed class ModelImportTests : IDisposable
{
    private static readonly (string Own, string Other)[] Names = [("0", "conv1"), ("2", "bn1"), ("4", "conv2"), ("6", "bn2"),
        ("9", "fc1"), ("11", "bn3"), ("12", "fc2"), ("14", "bn4"), ("15", "fc3")];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The small model with every tensor changed as told: name, type, shape and data.</summary>
    private string Rewrite(string name, Func<string, JsonNode, byte[], (string Name, string Type, long[] Shape, byte[] Data)> change,
        bool keepMetadata = true)
    {
        byte[] file = File.ReadAllBytes(Trained.Small.Model);
        int length = (int)BitConverter.ToInt64(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        var to = new JsonObject();
        using var data = new MemoryStream();
        foreach ((string key, JsonNode? tensor) in header)
        {
            if (key == "__metadata__")
            {
                if (keepMetadata) to[key] = tensor!.DeepClone();
                continue;
            }
            int begin = (int)tensor!["data_offsets"]![0]!, end = (int)tensor["data_offsets"]![1]!;
            (string newName, string type, long[] shape, byte[] bytes) = change(key, tensor, file[(8 + length + begin)..(8 + length + end)]);
            to[newName] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(data.Length, data.Length + bytes.Length),
            };
            data.Write(bytes);
        }
        byte[] text = Encoding.UTF8.GetBytes(to.ToJsonString());
        return _folder.Write(name, [.. BitConverter.GetBytes((long)text.Length), .. text, .. data.ToArray()]);
    }

    private static string Type(JsonNode tensor) => (string)tensor["dtype"]!;

    private static long[] Shape(JsonNode tensor) => [.. tensor["shape"]!.AsArray().Select(size => (long)size!)];

    private static ProcessResult Eval(string model) => Nodeps.Succeed("eval", "--model", model, "--data", Trained.Small.Data);

    private static string Renamed(string key)
    {
        string[] parts = key.Split('.');
        return $"module.{Names.Single(name => name.Own == parts[0]).Other}.{parts[1]}";
    }

    [Fact]
    public void OtherNamesAreMatchedByOrderAndShapeAndTheMappingIsSaid()
    {
        string model = Rewrite("named", (key, tensor, data) => (Renamed(key), Type(tensor), Shape(tensor), data));
        ProcessResult result = Eval(model);
        Assert.Equal(Eval(Trained.Small.Model).Output, result.Output);
        Assert.Contains("matched by order and shape: module.conv1.weight → 0.weight, ", result.Error, StringComparison.Ordinal);
        Assert.Contains("module.fc3.bias → 15.bias", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void DoublePrecisionIsReadAndGivesTheSameAnswers()
    {
        string model = Rewrite("double", (key, tensor, data) => Type(tensor) != "F32" ? (key, Type(tensor), Shape(tensor), data)
            : (key, "F64", Shape(tensor), [.. Enumerable.Range(0, data.Length / 4)
                .SelectMany(i => BitConverter.GetBytes((double)BitConverter.ToSingle(data, 4 * i)))]));
        Assert.Equal(Eval(Trained.Small.Model).Output, Eval(model).Output);
    }

    /// <summary>The other half of the bits is 0, so that the numbers are known exactly.</summary>
    [Fact]
    public void BrainFloatsAreTheUpperHalvesOfSinglePrecision()
    {
        static byte[] Upper(byte[] data, int bytes) => [.. Enumerable.Range(0, data.Length / 4)
            .SelectMany(i => bytes == 2 ? data[(4 * i + 2)..(4 * i + 4)] : [0, 0, data[4 * i + 2], data[4 * i + 3]])];
        string brain = Rewrite("brain", (key, tensor, data) => Type(tensor) != "F32" ? (key, Type(tensor), Shape(tensor), data)
            : ("net." + key, "BF16", Shape(tensor), Upper(data, 2)));
        string single = Rewrite("single", (key, tensor, data) => Type(tensor) != "F32" ? (key, Type(tensor), Shape(tensor), data)
            : (key, "F32", Shape(tensor), Upper(data, 4)));
        Assert.NotEqual(Logits(Trained.Small.Model), Logits(brain));
        Assert.Equal(Logits(single), Logits(brain));
    }

    [Fact]
    public void HalfPrecisionOfAnotherProgramIsWhatDotNetRounds()
    {
        string half = Rewrite("half", (key, tensor, data) => Type(tensor) != "F32" ? (key, Type(tensor), Shape(tensor), data)
            : ("net." + key, "F16", Shape(tensor), [.. Singles(data).SelectMany(number => BitConverter.GetBytes((Half)number))]));
        string single = Rewrite("single", (key, tensor, data) => Type(tensor) != "F32" ? (key, Type(tensor), Shape(tensor), data)
            : (key, "F32", Shape(tensor), [.. Singles(data).SelectMany(number => BitConverter.GetBytes((float)(Half)number))]));
        Assert.NotEqual(Logits(Trained.Small.Model), Logits(half));
        Assert.Equal(Logits(single), Logits(half));
    }

    private static IEnumerable<float> Singles(byte[] data) =>
        Enumerable.Range(0, data.Length / 4).Select(i => BitConverter.ToSingle(data, 4 * i));

    private static string Logits(string model) => Nodeps.Succeed("predict", "--json", "--model", model, Trained.Small.Image(3)).Output;

    [Theory]
    [InlineData("")]
    [InlineData("net.")]
    public void MissingBiasesAreZeroAndListed(string prefix)
    {
        // Under other names, so that they are not used.
        string[] without = ["0.bias", "9.bias"];
        string missing = Rewrite("missing", (key, tensor, data) => (without.Contains(key) ? "old." + key + "es" : prefix + key,
            Type(tensor), Shape(tensor), data));
        string zero = Rewrite("zero", (key, tensor, data) => (key, Type(tensor), Shape(tensor), without.Contains(key)
            ? new byte[data.Length] : data));
        Assert.Equal(Logits(zero), Logits(missing));
        string error = Nodeps.Succeed("convert", missing, _folder["own"]).Error;
        Assert.Contains("nodeps: missing tensors, taken as 0: 0.bias, 9.bias\n", error, StringComparison.Ordinal);
        Assert.Equal(prefix.Length > 0, error.Contains("matched by order", StringComparison.Ordinal));
        Nodeps.Succeed("convert", zero, _folder["own2"]);
        Assert.Equal(File.ReadAllBytes(_folder["own2"]), File.ReadAllBytes(_folder["own"]));
    }

    [Fact]
    public void TheBiasOfANormalizationMayNotBeMissing() => Nodeps.AssertFault(
        Nodeps.Run("eval", "--data", Trained.Small.Data, "--model", Rewrite("missing", (key, tensor, data) =>
            (key is "2.bias" or "0.bias" ? key + "x" : key, Type(tensor), Shape(tensor), data))), Nodeps.Data,
        "missing tensors: 0.bias, 2.bias");

    [Fact]
    public void ABiasUnderAnotherNameIsNotTakenForAMissingOne() => Nodeps.AssertFault(
        Nodeps.Run("eval", "--data", Trained.Small.Data, "--model", Rewrite("mixed", (key, tensor, data) =>
            (key == "9.bias" ? "head.bias" : key, Type(tensor), Shape(tensor), data))), Nodeps.Data, "missing tensors: 9.bias");

    private ProcessResult Refused(string name, Func<string, JsonNode, byte[], (string, string, long[], byte[])> change) =>
        Nodeps.Run("eval", "--data", Trained.Small.Data, "--model", Rewrite(name, change));

    [Fact]
    public void UnderOtherNamesTheModuleThatIsNotWholeIsNamed() => Nodeps.AssertFault(
        Refused("bare", (key, tensor, data) => (key.Contains("running_mean", StringComparison.Ordinal) ? key + "x" : Renamed(key),
            Type(tensor), Shape(tensor), data)), Nodeps.Data,
        "layer 2 needs weight, bias, running_mean, running_var", "'module.bn1.weight'");

    /// <summary>The weights of the layer after it are not blamed for having another shape.</summary>
    [Fact]
    public void UnderOtherNamesTheMissingWeightsAreNamed() => Nodeps.AssertFault(
        Refused("less", (key, tensor, data) => (key == "12.weight" ? "x" : Renamed(key), Type(tensor), Shape(tensor), data)), Nodeps.Data,
        "84x120", "layer 12", "missing");

    [Fact]
    public void ANegativeVarianceIsRefused() => Nodeps.AssertFault(
        Refused("negative", (key, tensor, data) =>
        {
            if (key == "6.running_var") BitConverter.GetBytes(-0.5f).CopyTo(data, 4 * 3);
            return (key, Type(tensor), Shape(tensor), data);
        }), Nodeps.Data, "element 3 is negative", "6.running_var");

    /// <summary>Finite weights whose products are not: an answer of NaN would be none.</summary>
    [Theory]
    [InlineData()]
    [InlineData("--json")]
    public void OutputsThatAreNotFiniteAreAnError(params string[] options)
    {
        string model = Rewrite("large", (key, tensor, data) => (key, Type(tensor), Shape(tensor), key is "15.weight"
            ? [.. Singles(data).SelectMany(number => BitConverter.GetBytes(float.CopySign(3e38f, number)))] : data));
        ProcessResult result = Nodeps.Run(["predict", .. options, "--model", model, Trained.Small.Image(3)]);
        Nodeps.AssertFault(result, Nodeps.Data, "not finite");
        Assert.Empty(result.Output);
    }

    [Fact]
    public void WhatTorchSavesIsToldToBeThat() => Nodeps.AssertFault(
        Nodeps.Run("eval", "--data", Trained.Small.Data, "--model", _folder.Write("model.pt",
            [.. "PK\u0003\u0004"u8, .. new byte[22], 16, 0, 0, 0, .. "archive/data.pkl"u8, .. new byte[100]])), Nodeps.Data,
        "model.pt", "a PyTorch file", "safetensors.torch.save_file");

    [Fact]
    public void WhatTorchSavesIsNoData() => Nodeps.AssertFault(
        Nodeps.Run("convert", _folder.Write("model.pt",
            [.. "PK\u0003\u0004"u8, .. new byte[22], 16, 0, 0, 0, .. "archive/data.pkl"u8, .. new byte[100]]), _folder["out"]), Nodeps.Data,
        "model.pt", "a PyTorch file");

    [Fact]
    public void DescribeSaysTheMappingOfOtherNames()
    {
        string model = Rewrite("named", (key, tensor, data) => (Renamed(key), Type(tensor), Shape(tensor), data));
        ProcessResult result = Nodeps.Succeed("describe", model);
        Assert.Contains("matched by order and shape: module.conv1.weight → 0.weight, ", result.Error, StringComparison.Ordinal);
        Assert.Empty(Nodeps.Succeed("describe", Trained.Small.Model).Error);
        string wrong = Rewrite("wrong", (key, tensor, data) => (key == "0.weight" ? "other" : key, Type(tensor), Shape(tensor), data));
        ProcessResult refused = Nodeps.Run("describe", wrong);
        Nodeps.AssertFault(refused, Nodeps.Data, "missing tensors: 0.weight");
        Assert.Contains("conv 6", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void KerasLayoutsArePermutedAndThatIsSaid()
    {
        string model = Rewrite("keras", (key, tensor, data) => Keras(key, tensor, data));
        ProcessResult result = Eval(model);
        Assert.Equal(Eval(Trained.Small.Model).Output, result.Output);
        Assert.Contains("Keras", result.Error, StringComparison.Ordinal);
    }

    private static (string Name, string Type, long[] Shape, byte[] Data) Keras(string key, JsonNode tensor, byte[] data)
    {
        long[] shape = Shape(tensor);
        if (shape.Length < 2) return (key, Type(tensor), shape, data);
        // The first dense layer's features are 16 maps of 4 x 4.
        int places = shape.Length == 4 ? (int)(shape[2] * shape[3]) : key == "9.weight" ? 16 : 1;
        int outputs = (int)shape[0], channels = data.Length / 4 / outputs / places;
        byte[] to = new byte[data.Length];
        for (int output = 0; output < outputs; output++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int place = 0; place < places; place++)
                    data.AsSpan(4 * ((output * channels + channel) * places + place), 4)
                        .CopyTo(to.AsSpan(4 * ((place * channels + channel) * outputs + output)));
            }
        }
        return (key, Type(tensor), shape.Length == 4 ? [shape[2], shape[3], shape[1], shape[0]] : [shape[1], shape[0]], to);
    }

    [Fact]
    public void AWrongShapeIsRefusedWithBothShapes() => Nodeps.AssertFault(
        Nodeps.Run("eval", "--data", Trained.Small.Data, "--model", Rewrite("wrong", (key, tensor, data) =>
            (key, Type(tensor), key == "0.weight" ? [5, 5, 3, 2] : Shape(tensor), data))), Nodeps.Data,
        "0.weight", "expected 6x1x5x5, found 5x5x3x2");

    [Fact]
    public void MissingTensorsAreAllNamed() => Nodeps.AssertFault(
        Nodeps.Run("eval", "--data", Trained.Small.Data, "--model", Rewrite("missing", (key, tensor, data) =>
            (key is "0.bias" or "15.weight" ? key + "x" : key, Type(tensor), Shape(tensor), data))), Nodeps.Data,
        "missing tensors: 0.bias, 15.weight");

    [Fact]
    public void NotANumberIsRefusedWithTensorAndIndex() => Nodeps.AssertFault(
        Nodeps.Run("eval", "--data", Trained.Small.Data, "--model", Rewrite("nan", (key, tensor, data) =>
        {
            if (key == "9.bias") BitConverter.GetBytes(float.NaN).CopyTo(data, 4 * 7);
            return (key, Type(tensor), Shape(tensor), data);
        })), Nodeps.Data, "element 7", "9.bias", "nan");

    [Fact]
    public void AnUnknownNormalizationIsSaid()
    {
        string model = Rewrite("bare", (key, tensor, data) => (key, Type(tensor), Shape(tensor), data), keepMetadata: false);
        string[] line = ["eval", "--model", model, "--net", "pedestrian", "--data", Trained.Small.Data];
        Assert.Contains("--mean and --std", Assert.Single(Nodeps.Succeed(line).ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Nodeps.Succeed([.. line, "--mean", "0.1", "--std", "0.3"]).Error);
    }
}
