using System.Globalization;

namespace NoDeps.Tests.Reference;

/// <summary>
/// A network that PyTorch ran in float64: parameters, a batch, and everything that came out. data/reference
/// has some, the shared folder more; the README of either describes the keys.
/// </summary>
public sealed class ReferenceCase
{
    private readonly SafetensorsFile _file;

    private ReferenceCase(SafetensorsFile file) => _file = file;

    /// <summary>The cases in data/reference, and those of the shared folder where there is one, by name.</summary>
    private static readonly SortedDictionary<string, string> Files = Find();

    /// <summary>The names of the cases.</summary>
    public static IEnumerable<string> Names => Files.Keys;

    /// <summary><see cref="Names"/> as theory data.</summary>
    public static IEnumerable<object[]> All => Names.Select(name => new object[] { name });

    /// <summary>The file of a case by name.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(Files[name]);

    /// <summary>Reads a case by name.</summary>
    public static ReferenceCase Load(string name) => new(new SafetensorsFile(Bytes(name)));

    private static SortedDictionary<string, string> Find()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        IEnumerable<string> folders = [Path.Combine(SharedFiles.Repository, "data", "reference")];
        if (SharedFiles.Root is not null) folders = folders.Append(SharedFiles.Path("reference"));
        foreach (string path in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.safetensors")))
            files.Add(Path.GetFileNameWithoutExtension(path), path);
        return files;
    }

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
