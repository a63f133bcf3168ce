using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>Copies bytes between two ranges that may overlap, as Span.CopyTo does.</summary>
public static unsafe class MemoryCopy
{
    // Below it, the way through the table and stores that cross lines cost more than wide registers save.
    private const uint MostNarrow = 1024;

    /// <summary>
    /// After the call, the <paramref name="count"/> bytes at <paramref name="destination"/> are those that were at
    /// <paramref name="source"/> before it. In the fastest form that the processor has.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Copy(byte* destination, byte* source, nuint count)
    {
        if (!Avx2.IsSupported) MemoryCopyScalar.Copy(destination, source, count);
        else if (count <= MemoryCopyAvx2.MostFew) MemoryCopyAvx2.Few(destination, source, count);
        else if (count <= MemoryCopyAvx2.MostShort) MemoryCopyAvx2.Short(destination, source, count);
        else Far(destination, source, count);
    }

    // Calls of its own would make the short ones save registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Far(byte* destination, byte* source, nuint count)
    {
        if (Avx512BW.IsSupported) MemoryCopyAvx512.Long(destination, source, count);
        else if (count > MostNarrow && PrimitiveTable.Wide.Copy != null) PrimitiveTable.Wide.Copy(destination, source, count);
        else MemoryCopyAvx2.Long(destination, source, count);
    }
}
