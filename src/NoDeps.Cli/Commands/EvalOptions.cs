using NoDeps.Network;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps eval</c>.</summary>
internal ref struct EvalOptions
{
    public ModelOptions Model = new();
    public DataOptions Data = new();
    public int Threads = CommonOptions.DefaultThreads;
    public InstructionSet Isa = ProcessorLevel.Best;
    public KernelForm Kernel;
    public bool Json;
    public bool PerClass;
    public bool Confusion;
    /// <summary>The number of mistakes to draw.</summary>
    public int Mistakes;

    public EvalOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref EvalOptions options)
    {
        ModelOptions.Describe(ref visitor, ref options.Model);
        DataOptions.Describe(ref visitor, ref options.Data);
        visitor.Flag("per-class"u8, ref options.PerClass, "print precision, recall and F1 of every class, and the calibration error"u8);
        visitor.Flag("confusion"u8, ref options.Confusion, "print the confusion matrix"u8);
        visitor.Integer("mistakes"u8, 0, 10_000, ref options.Mistakes, "draw the N most confident mistakes"u8);
        visitor.Flag("json"u8, ref options.Json, "print all results as one line of JSON"u8);
        CommonOptions.Threads(ref visitor, ref options.Threads);
        IsaOption.Describe(ref visitor, ref options.Isa);
        KernelOption.Describe(ref visitor, ref options.Kernel);
    }
}
