using System.Globalization;

namespace NoDeps.Tests.Reference;

/// <summary>
/// A network that PyTorch ran in float64: parameters, a batch, and everything that came out. The folder's README
/// describes the keys.
/// </summary>
public sealed class ReferenceCase
{
    private readonly SafetensorsFile _file;

    private ReferenceCase(SafetensorsFile file) => _file = file;

    /// <summary>The names of the cases; none where the shared folder is absent.</summary>
    public static IEnumerable<string> Names => SharedFiles.Root is null ? [""] :
        Directory.EnumerateFiles(Path.Combine(SharedFiles.Root, "reference"), "*.safetensors")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    /// <summary><see cref="Names"/> as theory data.</summary>
    public static IEnumerable<object[]> All => Names.Select(name => new object[] { name });

    /// <summary>Reads a case by name.</summary>
    public static ReferenceCase Load(string name) => new(new SafetensorsFile(
        File.ReadAllBytes(Path.Combine(SharedFiles.Root!, "reference", name + ".safetensors"))));

    /// <summary>The description text.</summary>
    public string Net => _file.Metadata["net"];
    /// <summary>λ of the three SGD steps.</summary>
    public double LearningRate => double.Parse(_file.Metadata["learning_rate"], CultureInfo.InvariantCulture);
    /// <summary>Samples in the batch.</summary>
    public int Batch => int.Parse(_file.Metadata["batch"], CultureInfo.InvariantCulture);
    /// <summary>Trainable parameters.</summary>
    public int ParameterCount => int.Parse(_file.Metadata["parameters"], CultureInfo.InvariantCulture);
    /// <summary>The labels of the batch.</summary>
    public int[] Labels => Array.ConvertAll(this["labels"], label => (int)label);
    /// <summary>A tensor by its key.</summary>
    public double[] this[string key] => _file.Tensors[key];
    /// <summary>True where the case has the tensor.</summary>
    public bool Has(string key) => _file.Tensors.ContainsKey(key);
    /// <summary>A tensor's shape.</summary>
    public int[] ShapeOf(string key) => _file.Shapes[key];
    /// <summary>The keys that begin with a prefix, without it.</summary>
    public IEnumerable<string> Keys(string prefix) =>
        _file.Tensors.Keys.Where(key => key.StartsWith(prefix)).Select(key => key[prefix.Length..]);

    /// <summary>The gradients of one layer, for <see cref="Oracle.Agreement.GradientFloor"/>.</summary>
    public IEnumerable<double[]> GradientsOf(int layer) =>
        Keys($"grad.{layer}.").Select(k => this[$"grad.{layer}.{k}"]);
}
