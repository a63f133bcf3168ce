using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Platform;

/// <summary>The bare binary holds the program twice; this is how one copy knows of the other.</summary>
public static unsafe class ProgramCopy
{
    private const int LevelOfAvx512 = 4;

    private static int s_level;

    [DllImport("*", EntryPoint = "nd_enter"), SuppressGCTransition]
    private static extern int Enter(nint* block, int level, int wantedLevel);

    /// <summary>What this copy was compiled for.</summary>
    public static InstructionSet Current => Avx512F.IsSupported ? InstructionSet.Avx512 : InstructionSet.Avx2;

    /// <summary>Told once, at the start: the level that start.S found, 3 or 4.</summary>
    public static void SetLevel(int level) => s_level = level;

    /// <summary>Whether this processor and system can run it.</summary>
    public static bool Supports(InstructionSet isa) => isa == InstructionSet.Avx2 || s_level >= LevelOfAvx512;

    /// <summary>Runs the other copy from its beginning; false when this copy is the one wanted.</summary>
    public static bool TryEnter(InstructionSet wanted, nint* block, out int exitCode)
    {
        exitCode = 0;
        if (wanted == Current) return false;
        exitCode = Enter(block, s_level, wanted == InstructionSet.Avx512 ? LevelOfAvx512 : LevelOfAvx512 - 1);
        return true;
    }
}
