using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps gradcheck</c>.</summary>
internal ref struct GradcheckOptions
{
    public ReadOnlySpan<byte> Network = "pedestrian"u8;
    /// <summary>By default two tiles of lanes, the second partly filled.</summary>
    public int Batch = 20;
    public long Seed = 1;
    public double Tolerance = 1e-4;
    public int Threads = CommonOptions.DefaultThreads;
    public InstructionSet Isa = ProcessorLevel.Best;
    public bool Json;

    public GradcheckOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref GradcheckOptions options)
    {
        CommonOptions.Network(ref visitor, ref options.Network);
        visitor.Integer("batch"u8, 1, CommonOptions.MaxBatch, ref options.Batch, "samples in the batch"u8);
        CommonOptions.Seed(ref visitor, ref options.Seed, "seed of the parameters, the batch, dropout and the choice of elements"u8);
        CommonOptions.Tolerance(ref visitor, ref options.Tolerance, "largest error that passes, relative to the largest gradient"u8);
        visitor.Flag("json"u8, ref options.Json, "print one line of JSON"u8);
        CommonOptions.Threads(ref visitor, ref options.Threads);
        IsaOption.Describe(ref visitor, ref options.Isa);
    }
}
