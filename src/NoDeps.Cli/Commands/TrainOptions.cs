using System;
using NoDeps.Network;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps train</c>.</summary>
internal ref struct TrainOptions
{
    public ReadOnlySpan<byte> Network = "pedestrian"u8;
    public DataOptions Data = new();
    public ReadOnlySpan<byte> Out, RecipeName, Classes, Log, Init, Resume, Checkpoint, CheckpointFile;
    public RecipeOptions Recipe = new();
    /// <summary>Negative for the network's own value.</summary>
    public double LabelSmoothing = -1;
    /// <summary>A fraction of the training set (below 1) or a number of images; 0 for no validation set.</summary>
    public double Validation;
    /// <summary>Epochs without improvement after which training stops; 0 for no early stopping.</summary>
    public int Patience;
    /// <summary>0 for best, 1 for last; negative for best with validation, otherwise last.</summary>
    public int Keep = -1;
    /// <summary>Epochs between evaluations of the test set; 0 to evaluate only at the end.</summary>
    public int TestEvery;
    public long Seed = 1;
    public int Threads = CommonOptions.DefaultThreads;
    public InstructionSet Isa = ProcessorLevel.Best;
    public KernelForm Kernel;
    public bool Profile;
    public bool Json;
    /// <summary>True if the model file contains half-precision weights.</summary>
    public bool Half;

    public TrainOptions()
    {
    }

    /// <summary>The name or path that the network comes from, for messages and file names.</summary>
    public readonly ReadOnlySpan<byte> NetworkPath => Init.IsEmpty ? Network : Init;

    /// <summary>The file of the network's description; empty for a built-in network.</summary>
    public readonly ReadOnlySpan<byte> NetworkFile => BuiltInNetworks.TryFind(Network, out _) ? default : Network;

    /// <summary>The file of the recipe; empty for a built-in one.</summary>
    public readonly ReadOnlySpan<byte> RecipeFile => BuiltInRecipes.TryFind(RecipeName, out _) ? default : RecipeName;

    /// <summary>True to save the best epoch's parameters instead of the last one's.</summary>
    public readonly bool KeepsBest => Keep == 0 || Keep < 0 && Validation > 0;

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref TrainOptions options)
    {
        visitor.AppliesIf(options.Init.IsEmpty && options.Resume.IsEmpty,
            "cannot be used with --init or --resume, whose file has a network"u8);
        CommonOptions.Network(ref visitor, ref options.Network);
        DataOptions.Describe(ref visitor, ref options.Data);
        visitor.Text("out"u8, OptionKind.File, "FILE"u8, ref options.Out, "where to save the model"u8, "NAME.safetensors"u8);
        visitor.Text("resume"u8, OptionKind.File, "CHECKPOINT"u8, ref options.Resume,
            "resume an interrupted training, with the options stored in the checkpoint"u8);
        visitor.Text("checkpoint"u8, OptionKind.Text, "N|TIME"u8, ref options.Checkpoint,
            "save a checkpoint every N epochs, or every 30s, 10min or 2h; 0: only when interrupted"u8, "10min"u8);
        visitor.Text("checkpoint-file"u8, OptionKind.File, "FILE"u8, ref options.CheckpointFile,
            "where to save checkpoints; the file is removed when training finishes"u8, "that of --out with .checkpoint appended"u8);
        visitor.Text("log"u8, OptionKind.File, "FILE"u8, ref options.Log,
            "write a line per epoch to a .jsonl or .csv file, which can be read during training"u8);
        visitor.Flag("json"u8, ref options.Json, "print lines of JSON: one at the start, one per epoch, one at the end"u8);
        CommonOptions.Threads(ref visitor, ref options.Threads);
        IsaOption.Describe(ref visitor, ref options.Isa);
        KernelOption.Describe(ref visitor, ref options.Kernel);
        visitor.Flag("profile"u8, ref options.Profile, "print where the time went, layer by layer"u8);
        visitor.AllApplyIf(options.Resume.IsEmpty, "cannot be used with --resume, which takes the options from the checkpoint"u8);
        visitor.Text("init"u8, OptionKind.File, "MODEL"u8, ref options.Init,
            "start from a saved model: its network, weights and normalization"u8);
        visitor.Flag("half"u8, ref options.Half, "save weights in half precision (F16)"u8);
        visitor.Number("validation"u8, 0, int.MaxValue, ref options.Validation,
            "hold out a fraction (0.1) or a number (5000) of the training images for validation, stratified by class"u8, "0"u8);
        visitor.AppliesIf(options.Validation > 0, "needs --validation"u8);
        visitor.Integer("patience"u8, 1, 1_000_000, ref options.Patience,
            "stop early after N epochs without improvement on the validation images"u8);
        visitor.AppliesIf(options.Validation > 0, "needs --validation"u8);
        visitor.Choice("keep"u8, "best last"u8, ref options.Keep, "the epoch whose weights are saved"u8,
            "best with --validation, else last"u8);
        visitor.Integer("test-every"u8, 1, 1_000_000, ref options.TestEvery,
            "evaluate on the test set every N epochs, not only at the end"u8);
        visitor.NameOrFile("recipe"u8, BuiltInRecipes.Names, ref options.RecipeName,
            "a built-in recipe or a recipe file; the options below override it"u8, "the network's"u8);
        RecipeOptions.Describe(ref visitor, ref options.Recipe);
        visitor.Number("label-smoothing"u8, 0, 1, ref options.LabelSmoothing,
            "fraction of each target that is spread evenly over all classes"u8, "the network's"u8);
        visitor.Text("classes"u8, OptionKind.Text, "NAMES"u8, ref options.Classes,
            "comma-separated names of the classes; saved with the model"u8, "those of the data set, if known"u8);
        CommonOptions.Seed(ref visitor, ref options.Seed,
            "seed of everything random: initial weights, order of the images, augmentation, dropout, validation set"u8);
    }
}
