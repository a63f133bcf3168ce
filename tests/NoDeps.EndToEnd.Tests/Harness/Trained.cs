namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>One small training run that many tests look at: made when first asked for, and only once.</summary>
internal sealed class Trained
{
    /// <summary>Epochs of the run.</summary>
    public const int Epochs = 3;

    private static readonly Lazy<Trained> Only = new(() => new Trained());

    /// <summary>The run.</summary>
    public static Trained Small => Only.Value;

    /// <summary>The data that it was trained on.</summary>
    public DataSet Set { get; } = new(train: 640, test: 100);

    /// <summary>The folder of that data.</summary>
    public string Data { get; }

    /// <summary>The model file.</summary>
    public string Model { get; }

    /// <summary>What the training printed.</summary>
    public ProcessResult Result { get; }

    /// <summary>What lay in the model's folder when the training was over.</summary>
    public string[] Left { get; }

    /// <summary>One test image as an argument of predict.</summary>
    public string Image(int index) => $"{Path.Combine(Data, DataSet.FileNames[2])}:{index}";

    private Trained()
    {
        var folder = new TestFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        Data = Set.WriteTo(folder["data"]);
        string models = Directory.CreateDirectory(folder["models"]).FullName;
        Model = Path.Combine(models, "small.safetensors");
        Result = Nodeps.Succeed("train", "--data", Data, "--epochs", $"{Epochs}", "--seed", "7", "--out", Model);
        Left = [.. Directory.GetFileSystemEntries(models).Select(entry => Path.GetFileName(entry))];
    }
}
