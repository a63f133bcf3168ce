using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Everything that a training needs before its first step: network, recipe, data, engine.</summary>
internal sealed unsafe class TrainingSetup
{
    private readonly Console _console;

    public NetworkDescription Description;
    public Recipe Recipe;
    public LabeledImages Training, Test;
    /// <summary>True if there is a test set.</summary>
    public bool HasTest;
    /// <summary>The numbers of images of the training set that are trained on and that are held out.</summary>
    public int TrainingCount, ValidationCount;
    /// <summary>The indices of these images in the training set; null if none are held out.</summary>
    public int* TrainingSubset, ValidationSubset;
    public DataFolder Folder;
    public DataFit Fit;
    public ModelMetadata Metadata;
    public Engine Engine;
    public Normalization Normalization;
    public Trainer Trainer;
    /// <summary>The model that provides the initial weights, or null.</summary>
    public InitialModel Initial;
    /// <summary>The buffer in which files are composed.</summary>
    public readonly SaveBuffer Buffer = new();
    /// <summary>The path of the model.</summary>
    public byte[] OutPath;
    /// <summary>How the model is written.</summary>
    public OutputMethod OutMethod;

    public TrainingSetup(Console console) => _console = console;

    /// <summary>Opens and checks everything, so that errors are reported before the training starts.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="checkpoint">The checkpoint to resume from, or null.</param>
    /// <param name="argumentBytes">The length of the command lines that checkpoints store, in bytes.</param>
    public Fault Open(in TrainOptions options, TrainingCheckpoint checkpoint, long argumentBytes)
    {
        Fault fault = OpenNetwork(in options, checkpoint);
        if (fault.IsNone) fault = CheckOutput(in options);
        if (fault.IsNone) fault = OpenData(in options, checkpoint != null);
        if (fault.IsNone) fault = CheckChoices(in options);
        // Again, because the data may have changed the network's input.
        if (fault.IsNone) fault = options.Recipe.Check(in Recipe, Description.Input);
        if (fault.IsNone) fault = Split(in options);
        if (fault.IsNone) fault = CheckCount();
        if (fault.IsNone) fault = OpenEngine(in options, checkpoint, argumentBytes);
        return fault;
    }

    private Fault OpenNetwork(in TrainOptions options, TrainingCheckpoint checkpoint)
    {
        Fault fault = Fault.None;
        if (checkpoint != null)
        {
            Description = checkpoint.Description;
        }
        else if (!options.Init.IsEmpty)
        {
            fault = InitialModel.Open(_console, options.Init, null, out Initial);
            Description = Initial.Description;
        }
        else
        {
            fault = NetworkSource.Open(_console, options.Network, out Description, false);
        }
        if (fault.IsNone && !options.RecipeName.IsEmpty && checkpoint == null)
            fault = RecipeSource.Apply(_console, options.RecipeName, ref Description);
        if (fault.IsNone && options.LabelSmoothing >= 0 && checkpoint == null)
            fault = _console.WithPath(options.NetworkPath, Description.Smooth(options.LabelSmoothing));
        if (!fault.IsNone) return fault;
        Recipe = options.Recipe.Apply(Description.Recipe);
        return options.Recipe.Check(in Recipe, Description.Input);
    }

    private Fault CheckOutput(in TrainOptions options)
    {
        byte[] buffer = new byte[256];
        OutPath = Words.Copy(options.Out.IsEmpty ? DefaultOut(options.NetworkPath, buffer) : options.Out);
        Fault fault = OutputGuard.CheckInputs(_console, OutPath, in options);
        long length = Description.ParameterCount * (options.Half ? 2L : 4L);
        return fault.IsNone ? OutputGuard.Check(_console, OutPath, length, out OutMethod) : fault;
    }

    /// <summary>
    /// Opens the training and test sets and prepares them for the network; adapts a built-in network, or that of a model, to them.
    /// </summary>
    private Fault OpenData(in TrainOptions options, bool isResumed)
    {
        Folder = new DataFolder();
        Fault fault = Folder.Find(_console, in options.Data);
        if (fault.IsNone) fault = OutputGuard.CheckData(_console, OutPath, Folder.Set);
        if (!fault.IsNone) return fault;
        Fit = new DataFit(Folder, in options.Data);
        fault = Fit.ReadNames(_console);
        if (!fault.IsNone) return fault;
        HasTest = Folder.HasTestFiles;
        fault = Folder.OpenTraining(_console, out Training);
        if (fault.IsNone && HasTest) fault = Folder.OpenTest(_console, out Test);
        if (!fault.IsNone) return fault;
        Fit.Note(in Training);
        if (HasTest) Fit.Note(in Test);
        Fit.Decide(Description.Classes);
        if (!isResumed && (Initial != null || BuiltInNetworks.TryFind(options.Network, out _)))
            fault = _console.WithPath(options.NetworkPath, Fit.Adapt(in Training, ref Description));
        if (fault.IsNone) fault = Fit.Apply(_console, Description, ref Training);
        return fault.IsNone && HasTest ? Fit.Apply(_console, Description, ref Test) : fault;
    }

    private Fault CheckChoices(in TrainOptions options)
    {
        if (options.TestEvery > 0 && !HasTest)
            return _console.WithPath(Folder.Path, Fault.Of(FaultKind.NoInput, "no test set, which --test-every requires"u8));
        if (!Description.HasBatchNormalization || Recipe.Batch > 1) return Fault.None;
        return Fault.Of(FaultKind.Usage, "batch normalization requires batches of at least two images\n"u8 + "use --batch 2 or more"u8);
    }

    private Fault CheckCount() => TrainingCount > 1 || !Description.HasBatchNormalization ? Fault.None
        : _console.WithPath(Folder.Path, Fault.Of(FaultKind.Data, "a single training image, but batch normalization requires two\n"u8 +
            "use more images, or hold out fewer with --validation"u8));

    private Fault Split(in TrainOptions options)
    {
        TrainingCount = Training.Count;
        if (options.Validation <= 0) return Fault.None;
        bool isShare = options.Validation < 1;
        long wanted = (long)(isShare ? options.Validation * Training.Count + 0.5 : options.Validation);
        if (isShare) wanted = Math.Max(wanted, 1);
        else if (wanted != options.Validation)
            return Fault.Of(FaultKind.Usage, "--validation takes a fraction below 1 or an integer number of images"u8);
        if (wanted >= Training.Count)
            return Fault.Numbers(FaultKind.Usage, "--validation leaves no images to train on"u8, Training.Count - 1, wanted);
        ValidationCount = (int)wanted;
        TrainingCount = Training.Count - ValidationCount;
        Fault fault = PageMemory.Take((long)Training.Count * sizeof(int), out byte* memory);
        if (!fault.IsNone) return fault;
        TrainingSubset = (int*)memory;
        ValidationSubset = TrainingSubset + TrainingCount;
        DataSplit.Stratified(Training.Labels, Training.Count, ValidationCount, (ulong)options.Seed, TrainingSubset, ValidationSubset);
        return fault;
    }

    private Fault OpenEngine(in TrainOptions options, TrainingCheckpoint checkpoint, long argumentBytes)
    {
        Fault fault = DescribeData(in options, checkpoint);
        if (!fault.IsNone) return fault;
        fault = Buffer.Take(Description, Metadata, Recipe.Epochs, argumentBytes);
        if (!fault.IsNone) return fault;
        int batch = Math.Max(Math.Min(Recipe.Batch, TrainingCount), EngineSession.EvaluationBatch(options.Threads));
        fault = EngineSession.Create(Description, batch, false, TrainingCount, options.Threads, options.Isa, out EngineSession session,
            options.Kernel, Recipe.Augmentation, Recipe.AverageDecay > 0);
        if (!fault.IsNone) return fault;
        Engine = session.Engine;
        Engine.Initialize((ulong)options.Seed);
        if (Initial != null) fault = Initial.Load(_console, options.Init, Engine);
        Trainer = new Trainer(Engine, in Recipe, Normalization, (ulong)options.Seed, Training.Images, Training.Labels, TrainingCount,
            session.Order, TrainingSubset);
        return fault;
    }

    /// <summary>Sets normalization and metadata: those of the checkpoint or of the initial model, or else from the images.</summary>
    private Fault DescribeData(in TrainOptions options, TrainingCheckpoint checkpoint)
    {
        if (checkpoint != null)
        {
            Normalization = checkpoint.Normalization;
            Metadata = checkpoint.Metadata;
            return Fault.None;
        }
        bool keepsNormalization = Initial != null && Initial.HasNormalization;
        Normalization = keepsNormalization ? Initial.Normalization
            : Normalization.Of(Training.Images, Training.Count, Description.Input);
        if (options.Classes.IsEmpty) Fit.WarnOfNames(_console, Description.Classes);
        Fault fault = TrainedMetadata.Make(Training.Images, Training.Count, Description, options.Classes, Fit, out Metadata);
        if (fault.IsNone && Initial != null && Metadata.NameCount == 0 && Initial.Metadata.NameCount == Description.Classes)
            Metadata.Names = Initial.Metadata.Names;
        return fault;
    }

    /// <summary>Evaluates the network on the validation images.</summary>
    public Evaluation Validate() =>
        Evaluation.Of(Engine, Normalization, Training.Images, Training.Labels, ValidationCount, ValidationSubset);

    /// <summary>Evaluates the network on the test set.</summary>
    public Evaluation EvaluateTest() => Evaluation.Of(Engine, Normalization, Test.Images, Test.Labels, Test.Count);

    private static ReadOnlySpan<byte> DefaultOut(ReadOnlySpan<byte> net, byte[] buffer)
    {
        Utf8Writer writer = new(buffer);
        writer.Text(NetworkSource.ShortName(net));
        writer.Text(".safetensors"u8);
        return new ReadOnlySpan<byte>(buffer, 0, writer.Length);
    }
}
