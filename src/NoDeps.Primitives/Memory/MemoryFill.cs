using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>Sets every byte of a range, as Span.Fill does.</summary>
public static unsafe class MemoryFill
{
    // Below it, the way through the table and stores that cross lines cost more than wide registers save.
    private const uint MostNarrow = 1024;

    /// <summary>
    /// Sets the <paramref name="count"/> bytes at <paramref name="destination"/> to <paramref name="value"/>, in the
    /// fastest form that the processor has.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(byte* destination, byte value, nuint count)
    {
        if (!Avx2.IsSupported) MemoryFillScalar.Fill(destination, value, count);
        else if (count <= MemoryFillAvx2.MostShort) MemoryFillAvx2.Short(destination, value, count);
        else Far(destination, value, count);
    }

    // Calls of its own would make the short ones save registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Far(byte* destination, byte value, nuint count)
    {
        if (Avx512BW.IsSupported) MemoryFillAvx512.Long(destination, value, count);
        else if (count > MostNarrow && PrimitiveTable.Wide.Fill != null) PrimitiveTable.Wide.Fill(destination, value, count);
        else MemoryFillAvx2.Long(destination, value, count);
    }
}
