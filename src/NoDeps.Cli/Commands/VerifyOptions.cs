using NoDeps.Network;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps verify</c>.</summary>
internal ref struct VerifyOptions
{
    public Operands Files;
    public double Tolerance = 1e-4;
    public int Threads = CommonOptions.DefaultThreads;
    public InstructionSet Isa = ProcessorLevel.Best;
    public KernelForm Kernel;
    public bool Json;

    public VerifyOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref VerifyOptions options)
    {
        visitor.Required();
        visitor.Operands("CASE.safetensors"u8, OptionKind.File, ref options.Files, "a reference case"u8);
        CommonOptions.Tolerance(ref visitor, ref options.Tolerance, "largest error that passes"u8);
        visitor.Flag("json"u8, ref options.Json, "print one line of JSON per file"u8);
        CommonOptions.Threads(ref visitor, ref options.Threads);
        IsaOption.Describe(ref visitor, ref options.Isa);
        KernelOption.Describe(ref visitor, ref options.Kernel);
    }
}
