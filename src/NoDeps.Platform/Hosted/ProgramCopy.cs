using System.Runtime.Intrinsics.X86;

namespace NoDeps.Platform;

/// <summary>Hosted there is one copy of the program, which the JIT compiles for this processor.</summary>
public static unsafe class ProgramCopy
{
    /// <summary>The best that this processor has.</summary>
    public static InstructionSet Current => Avx512F.IsSupported ? InstructionSet.Avx512 : InstructionSet.Avx2;

    /// <summary>Whether this processor and system can run it.</summary>
    public static bool Supports(InstructionSet isa) => isa == InstructionSet.Avx2 || Avx512F.IsSupported;

    /// <summary>There is no other copy: always false.</summary>
    public static bool TryEnter(InstructionSet wanted, nint* block, out int exitCode)
    {
        exitCode = 0;
        return false;
    }
}
