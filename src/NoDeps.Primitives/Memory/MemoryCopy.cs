using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>Copies bytes between two ranges that may overlap, as Span.CopyTo does.</summary>
public static unsafe class MemoryCopy
{
    // Below it, the way through the table and stores that cross lines cost more than wide registers save.
    private const uint MaxNarrow = 1024;

    /// <summary>
    /// After the call, the <paramref name="count"/> bytes at <paramref name="destination"/> are those that were at
    /// <paramref name="source"/> before it. In the fastest form that the processor has.
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
        else if (count > MaxNarrow && PrimitiveTable.Avx512.Copy != null) PrimitiveTable.Avx512.Copy(destination, source, count);
        else MemoryCopyAvx2.Large(destination, source, count);
    }
}
