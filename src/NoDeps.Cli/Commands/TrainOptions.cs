using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps train</c>.</summary>
internal ref struct TrainOptions
{
    public ReadOnlySpan<byte> Network = "pedestrian"u8;
    public DataOptions Data = new();
    public ReadOnlySpan<byte> Out, Classes;
    public RecipeOptions Recipe = new();
    /// <summary>Below 0 where the network's own value counts.</summary>
    public double LabelSmoothing = -1;
    public long Seed = 1;
    public int Threads = CommonOptions.DefaultThreads;
    public InstructionSet Isa = ProcessorLevel.Best;
    public KernelForm Kernel;
    public bool Profile;

    public TrainOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref TrainOptions options)
    {
        CommonOptions.Network(ref visitor, ref options.Network);
        DataOptions.Describe(ref visitor, ref options.Data);
        visitor.Text("out"u8, OptionKind.File, "FILE"u8, ref options.Out, "where to save the model"u8, "NAME.safetensors"u8);
        RecipeOptions.Describe(ref visitor, ref options.Recipe);
        visitor.Number("label-smoothing"u8, 0, 1, ref options.LabelSmoothing,
            "share of each target that is spread evenly over all classes"u8, "the network's"u8);
        visitor.Text("classes"u8, OptionKind.Text, "NAMES"u8, ref options.Classes,
            "names of the classes, with commas between them; saved with the model"u8, "those of the data set, where known"u8);
        CommonOptions.Seed(ref visitor, ref options.Seed, "seed of the initial weights, the order of the images and their shifts"u8);
        CommonOptions.Threads(ref visitor, ref options.Threads);
        IsaOption.Describe(ref visitor, ref options.Isa);
        KernelOption.Describe(ref visitor, ref options.Kernel);
        visitor.Flag("profile"u8, ref options.Profile, "print where the time went, layer by layer"u8);
    }
}
