using System.Runtime.Intrinsics.X86;

namespace NoDeps.Platform;

/// <summary>What the JIT reports about the processor.</summary>
public static class ProcessorLevel
{
    /// <summary>The best instruction set that this processor and system support.</summary>
    public static InstructionSet Best => Avx512F.IsSupported ? InstructionSet.Avx512 : InstructionSet.Avx2;
}
