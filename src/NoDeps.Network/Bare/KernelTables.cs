using System.Runtime.InteropServices;

namespace NoDeps.Network;

/// <summary>
/// The binary contains the kernels twice, compiled for AVX2 and for AVX-512, each in its own object file. Rarely
/// used kernels and the other forms exist once, in the AVX2 file.
/// </summary>
internal static unsafe class KernelTables
{
    [DllImport("*", EntryPoint = "nd_kernels_v3"), SuppressGCTransition]
    private static extern void FillForAvx2(KernelTable* table, KernelForm form);

    [DllImport("*", EntryPoint = "nd_kernels_v4"), SuppressGCTransition]
    private static extern void FillForAvx512(KernelTable* table, KernelForm form);

    /// <summary>Fills the table for an instruction set that the machine supports.</summary>
    public static void Fill(Isa isa, KernelForm form, KernelTable* table)
    {
        FillForAvx2(table, KernelForm.Lanes);
        if (isa == Isa.Avx512) FillForAvx512(table, KernelForm.Lanes);
        if (form != KernelForm.Lanes) FillForAvx2(table, form);
    }
}
