using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoDeps.Network;
using NoDeps.Primitives;

/// <summary>The only ways into the kernels; compiled for each instruction set, and renamed after it.</summary>
internal static unsafe class KernelEntry
{
    [UnmanagedCallersOnly(EntryPoint = "nd_kernels")]
    private static void Fill(KernelTable* table, KernelForm form)
    {
        // A constant for ilc: each object file has the kernels of one instruction set only, and one has the other forms.
        if (Avx512F.IsSupported) Kernels<Avx512Lanes, Vector512<float>>.FillFrequent(table);
        else if (form == KernelForm.Scalar) ScalarKernels.Fill(table);
        else if (form == KernelForm.Im2Col) Im2ColKernels.Fill(table);
        else Kernels<Avx2Lanes, Vector256<float>>.Fill(table);
    }

    /// <summary>csc wants one in an executable; ilc roots it, the linker drops it.</summary>
    private static void Main()
    {
    }
}
