using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The kernels of every instruction set, compiled by the JIT.</summary>
internal static unsafe class KernelTables
{
    /// <summary>
    /// Fills the table for an instruction set that the machine supports, or with scalar code where it supports neither.
    /// </summary>
    public static void Fill(Isa isa, KernelForm form, KernelTable* table)
    {
        if (isa == Isa.Avx512) Kernels<Avx512Lanes, Vector512<float>>.Fill(table);
        else if (!Avx2.IsSupported || !Fma.IsSupported) Kernels<ScalarLanes, ScalarVector>.Fill(table);
        else Kernels<Avx2Lanes, Vector256<float>>.Fill(table);
        if (form == KernelForm.Scalar) ScalarKernels.Fill(table);
        if (form == KernelForm.Im2Col) Im2ColKernels.Fill(table);
    }
}
