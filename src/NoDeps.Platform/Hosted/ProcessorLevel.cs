using System.Runtime.Intrinsics.X86;

namespace NoDeps.Platform;

/// <summary>What the JIT knows about the processor.</summary>
public static class ProcessorLevel
{
    /// <summary>The best that this processor and system have.</summary>
    public static InstructionSet Best => Avx512F.IsSupported ? InstructionSet.Avx512 : InstructionSet.Avx2;
}
