using System.Runtime.InteropServices;
using NoDeps.Cli;
using NoDeps.Platform;
using NoDeps.Primitives;

/// <summary>Where start.S hands over.</summary>
internal static unsafe class Entry
{
    [DllImport("*", EntryPoint = "nd_primitives_v4"), SuppressGCTransition]
    private static extern void FillForAvx512(PrimitiveTable* table, uint extensions);

    [UnmanagedCallersOnly(EntryPoint = "nd_main")]
    private static int Start(nint* block, int level, uint extensions)
    {
        ProcessorLevel.Set(level);
        if (ProcessorLevel.Best == InstructionSet.Avx512)
            fixed (PrimitiveTable* table = &PrimitiveTable.Avx512) FillForAvx512(table, extensions);
        return Program.Run((int)block[0], (byte**)(block + 1));
    }

    /// <summary>csc wants one in an executable; ilc roots it, the linker drops it.</summary>
    private static void Main()
    {
    }
}
