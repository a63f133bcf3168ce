using System;
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

    public EvalOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref EvalOptions options)
    {
        ModelOptions.Describe(ref visitor, ref options.Model);
        DataOptions.Describe(ref visitor, ref options.Data);
        visitor.Flag("json"u8, ref options.Json, "print one line of JSON"u8);
        CommonOptions.Threads(ref visitor, ref options.Threads);
        IsaOption.Describe(ref visitor, ref options.Isa);
        KernelOption.Describe(ref visitor, ref options.Kernel);
    }
}
