using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The model file is what PyTorch's state dictionary of the equivalent Sequential would be.</summary>
public sealed class ModelFileTests
{
    /// <summary>Keys, types and shapes of the pedestrians' network, table 1 of the paper.</summary>
    private static readonly Dictionary<string, (string Type, long[] Shape)> Pedestrian = Layers(
        (0, "conv", [6, 1, 5, 5]), (2, "batchnorm", [6]), (4, "conv", [16, 6, 5, 5]), (6, "batchnorm", [16]),
        (9, "dense", [120, 256]), (11, "batchnorm", [120]), (12, "dense", [84, 120]), (14, "batchnorm", [84]),
        (15, "dense", [10, 84]));

    [Fact]
    public void KeysTypesAndShapesAreThoseOfTorchSequential()
    {
        var model = new SafetensorsFile(Trained.Small.Model);
        Assert.Equal(Pedestrian.Keys.Order(), model.Tensors.Keys.Order());
        foreach ((string key, (string type, long[] shape)) in Pedestrian)
        {
            Assert.Equal(type, model.Tensors[key].Type);
            Assert.Equal(shape, model.Tensors[key].Shape);
        }
    }

    [Fact]
    public void TensorsFillTheDataWithoutHolesAndAreAligned()
    {
        var model = new SafetensorsFile(Trained.Small.Model);
        long at = 0;
        foreach ((string type, long[] shape, long begin, long end) in model.Tensors.Values.OrderBy(t => t.Begin))
        {
            Assert.Equal(at, begin);
            Assert.Equal(shape.Aggregate(1L, (product, size) => product * size) * (type == "I64" ? 8 : 4), end - begin);
            at = end;
        }
        Assert.Equal(model.DataBytes, at);
        Assert.Equal(0, (new FileInfo(Trained.Small.Model).Length - model.DataBytes) % 8);
    }

    [Fact]
    public void MetadataHoldsDescriptionNormalizationAndClasses()
    {
        IReadOnlyDictionary<string, string> metadata = new SafetensorsFile(Trained.Small.Model).Metadata;
        Assert.Equal("pt", metadata["format"]);
        Assert.Contains("conv 6", metadata["net"], StringComparison.Ordinal);
        Assert.Contains("loss softmax-cross-entropy", metadata["net"], StringComparison.Ordinal);
        Assert.Equal("10", metadata["classes"]);
        (double mean, double deviation) = Statistics(Trained.Small.Set.Files[0].AsSpan(16));
        Assert.Equal(mean, double.Parse(metadata["mean"], System.Globalization.CultureInfo.InvariantCulture), 1e-5);
        Assert.Equal(deviation, double.Parse(metadata["std"], System.Globalization.CultureInfo.InvariantCulture),
            1e-5);
    }

    [Fact]
    public void EvalGivesTheAccuracyThatTrainPrinted()
    {
        ProcessResult eval = Nodeps.Succeed("eval", "--model", Trained.Small.Model, "--data", Trained.Small.Data);
        Assert.Equal(Trained.Small.Result.OutputLines[^1], eval.OutputLines[^1]);
        ProcessResult avx2 = Nodeps.Succeed("eval", "--model", Trained.Small.Model, "--data", Trained.Small.Data,
            "--isa", "avx2", "--threads", "1");
        Assert.Equal(eval.Output, avx2.Output);
    }

    [Fact]
    public void EvalGivesTheSameOnRealData()
    {
        using var folder = new TestFolder();
        ProcessResult train = Nodeps.Succeed("train", "--data", Repository.SampleData, "--epochs", "2", "--out",
            folder["m"]);
        ProcessResult eval = Nodeps.Succeed("eval", "--model", folder["m"], "--data", Repository.SampleData);
        Assert.Equal(train.OutputLines[^1], eval.OutputLines[^1]);
    }

    [Fact]
    public void EvalAsJsonIsOneObjectWithTheSameNumbers()
    {
        (int correct, int total) = Nodeps.Accuracy(Trained.Small.Result);
        ProcessResult eval = Nodeps.Succeed("eval", "--model", Trained.Small.Model, "--data", Trained.Small.Data,
            "--json");
        using var json = System.Text.Json.JsonDocument.Parse(eval.Output);
        Assert.Equal(correct, json.RootElement.GetProperty("correct").GetInt32());
        Assert.Equal(total, json.RootElement.GetProperty("count").GetInt32());
        Assert.Equal((double)correct / total, json.RootElement.GetProperty("accuracy").GetDouble(), 1e-6);
    }

    private static Dictionary<string, (string, long[])> Layers(params (int Index, string Kind, long[] Shape)[] layers)
    {
        var keys = new Dictionary<string, (string, long[])>();
        foreach ((int index, string kind, long[] shape) in layers)
        {
            keys.Add($"{index}.weight", ("F32", shape));
            keys.Add($"{index}.bias", ("F32", [shape[0]]));
            if (kind == "batchnorm")
            {
                keys.Add($"{index}.running_mean", ("F32", shape));
                keys.Add($"{index}.running_var", ("F32", shape));
                keys.Add($"{index}.num_batches_tracked", ("I64", []));
            }
        }
        return keys;
    }

    private static (double Mean, double Deviation) Statistics(ReadOnlySpan<byte> pixels)
    {
        double sum = 0, squares = 0;
        foreach (byte pixel in pixels)
        {
            sum += pixel / 255.0;
            squares += pixel / 255.0 * (pixel / 255.0);
        }
        double mean = sum / pixels.Length;
        return (mean, Math.Sqrt(squares / pixels.Length - mean * mean));
    }
}
