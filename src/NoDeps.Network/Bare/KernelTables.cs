using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// In the binary the kernels are there twice: for AVX2 with the rest of the program, and for AVX-512 in an object file
/// of their own, which has only them.
/// </summary>
internal static unsafe class KernelTables
{
    [DllImport("*", EntryPoint = "nd_kernels_v4"), SuppressGCTransition]
    private static extern void FillForAvx512(KernelTable* table);

    /// <summary>Fills the table for an instruction set that the machine has.</summary>
    public static void Fill(Isa isa, KernelTable* table)
    {
        if (isa == Isa.Avx512) FillForAvx512(table);
        else Kernels<Avx2Lanes, Vector256<float>>.Fill(table);
    }
}
