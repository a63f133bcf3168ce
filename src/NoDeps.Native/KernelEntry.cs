using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NoDeps.Network;
using NoDeps.Primitives;

/// <summary>The only way into the kernels that are compiled for AVX-512.</summary>
internal static unsafe class KernelEntry
{
    [UnmanagedCallersOnly(EntryPoint = "nd_kernels_v4")]
    private static void Fill(KernelTable* table) => Kernels<Avx512Lanes, Vector512<float>>.Fill(table);

    /// <summary>csc wants one in an executable; ilc roots it, the linker drops it.</summary>
    private static void Main()
    {
    }
}
