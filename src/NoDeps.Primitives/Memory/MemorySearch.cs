using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>Finds a byte in a range, as MemoryExtensions.IndexOf does.</summary>
public static unsafe class MemorySearch
{
    /// <summary>
    /// The index of the first byte in the range that equals <paramref name="value"/>, or −1 if there is none. Uses the
    /// fastest form that the processor supports. May read bytes outside the range, but only in pages that contain a
    /// byte of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint IndexOf(byte* start, byte value, nuint count)
    {
        if (!Avx2.IsSupported) return MemorySearchScalar.IndexOf(start, value, count);
        return count <= MemorySearchAvx2.MaxSmall ? MemorySearchAvx2.Small(start, value, count) : DispatchLarge(start, value, count);
    }

    // A call here would force spills in the paths for small ranges.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint DispatchLarge(byte* start, byte value, nuint count)
    {
        if (count > MemorySearchAvx512.MaxSmall)
        {
            if (Avx512BW.IsSupported) return MemorySearchAvx512.Large(start, value, count);
            if (PrimitiveTable.Avx512.IndexOf != null) return PrimitiveTable.Avx512.IndexOf(start, value, count);
        }
        return MemorySearchAvx2.Large(start, value, count);
    }
}
