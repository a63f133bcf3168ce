using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>Copies bytes between two ranges that may overlap, as Span.CopyTo does.</summary>
public static unsafe class MemoryCopy
{
    // Up to this many bytes, the call through the table and stores that cross cache lines cost more than 512-bit
    // registers gain.
    private const uint Avx512Threshold = 1024;

    /// <summary>
    /// Copies <paramref name="count"/> bytes from <paramref name="source"/> to <paramref name="destination"/> as if
    /// through a temporary buffer. Uses the fastest form that the processor supports.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Copy(byte* destination, byte* source, nuint count)
    {
        if (!Avx2.IsSupported) MemoryCopyScalar.Copy(destination, source, count);
        else if (count <= MemoryCopyAvx2.MaxTiny) MemoryCopyAvx2.Tiny(destination, source, count);
        else if (count <= MemoryCopyAvx2.MaxSmall) MemoryCopyAvx2.Small(destination, source, count);
        else DispatchLarge(destination, source, count);
    }

    // A call here would force spills in the paths for small ranges.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DispatchLarge(byte* destination, byte* source, nuint count)
    {
        if (Avx512BW.IsSupported) MemoryCopyAvx512.Large(destination, source, count);
        else if (count > Avx512Threshold && PrimitiveTable.Avx512.Copy != null) PrimitiveTable.Avx512.Copy(destination, source, count);
        else MemoryCopyAvx2.Large(destination, source, count);
    }
}
