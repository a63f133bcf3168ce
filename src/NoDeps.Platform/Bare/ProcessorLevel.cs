namespace NoDeps.Platform;

/// <summary>What start.S detected about the processor.</summary>
public static class ProcessorLevel
{
    private const int LevelOfAvx512 = 4;

    private static int s_level;

    /// <summary>Set once, at start-up: 3 for x86-64-v3, 4 for x86-64-v4.</summary>
    public static void Set(int level) => s_level = level;

    /// <summary>The best instruction set that this processor and system support.</summary>
    public static InstructionSet Best =>
        s_level >= LevelOfAvx512 ? InstructionSet.Avx512 : InstructionSet.Avx2;
}
