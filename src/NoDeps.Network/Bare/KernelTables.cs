using System.Runtime.InteropServices;

namespace NoDeps.Network;

/// <summary>
/// In the binary the kernels are there twice, compiled for AVX2 and for AVX-512, each in an object file of its own; those
/// that are seldom used, for AVX2 only. The scalar forms and im2col are for study and for the tests: the binary has none.
/// </summary>
internal static unsafe class KernelTables
{
    [DllImport("*", EntryPoint = "nd_kernels_v3"), SuppressGCTransition]
    private static extern void FillForAvx2(KernelTable* table);

    [DllImport("*", EntryPoint = "nd_kernels_v4"), SuppressGCTransition]
    private static extern void FillForAvx512(KernelTable* table);

    /// <summary>Fills the table for an instruction set that the machine has.</summary>
    public static void Fill(Isa isa, KernelForm form, KernelTable* table)
    {
        FillForAvx2(table);
        if (isa == Isa.Avx512) FillForAvx512(table);
    }

    /// <summary>Never: the binary has no im2col.</summary>
    public static bool NeedsColumns(KernelForm form) => false;
}
