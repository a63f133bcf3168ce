using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>Sets every byte of a range, as Span.Fill does.</summary>
public static unsafe class MemoryFill
{
    // Up to this many bytes, the call through the table and stores that cross cache lines cost more than 512-bit
    // registers gain.
    private const uint Avx512Threshold = 1024;

    /// <summary>
    /// Sets the <paramref name="count"/> bytes at <paramref name="destination"/> to <paramref name="value"/>. Uses the
    /// fastest form that the processor supports.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(byte* destination, byte value, nuint count)
    {
        if (!Avx2.IsSupported) MemoryFillScalar.Fill(destination, value, count);
        else if (count <= MemoryFillAvx2.MaxSmall) MemoryFillAvx2.Small(destination, value, count);
        else DispatchLarge(destination, value, count);
    }

    // A call here would force spills in the paths for small ranges.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DispatchLarge(byte* destination, byte value, nuint count)
    {
        if (Avx512BW.IsSupported) MemoryFillAvx512.Large(destination, value, count);
        else if (count > Avx512Threshold && PrimitiveTable.Avx512.Fill != null) PrimitiveTable.Avx512.Fill(destination, value, count);
        else MemoryFillAvx2.Large(destination, value, count);
    }
}
