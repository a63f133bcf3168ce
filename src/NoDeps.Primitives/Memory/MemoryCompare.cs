using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>Compares two ranges of bytes, each byte as a number from 0 to 255.</summary>
public static unsafe class MemoryCompare
{
    /// <summary>True when the two ranges of <paramref name="count"/> bytes hold the same.</summary>
    public static bool Equal(byte* left, byte* right, nuint count) =>
        Avx2.IsSupported && count <= MemoryCompareAvx2.MaxSmall
            ? MemoryCompareAvx2.SmallEqual(left, right, count)
            : FirstDifference(left, right, count) == count;

    /// <summary>
    /// Negative, 0 or positive, as the range at <paramref name="left"/> comes before, equals or comes after that at
    /// <paramref name="right"/>: their first different bytes decide.
    /// </summary>
    public static int Compare(byte* left, byte* right, nuint count)
    {
        nuint at = FirstDifference(left, right, count);
        return at == count ? 0 : left[at] - right[at];
    }

    /// <summary>
    /// Ordinal order of two texts, as SequenceCompareTo gives it: as <see cref="Compare(byte*, byte*, nuint)"/> over
    /// the length of the shorter, and where that is 0, the shorter first.
    /// </summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        fixed (byte* l = left)
        fixed (byte* r = right)
        {
            int order = Compare(l, r, (nuint)Math.Min(left.Length, right.Length));
            return order != 0 ? order : left.Length - right.Length;
        }
    }

    /// <summary>
    /// The index of the first byte in which the two ranges differ, <paramref name="count"/> where they do not; in the
    /// fastest form that the processor has.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nuint FirstDifference(byte* left, byte* right, nuint count)
    {
        if (!Avx2.IsSupported) return MemoryCompareScalar.FirstDifference(left, right, count);
        return count <= MemoryCompareAvx2.MaxSmall ? MemoryCompareAvx2.Small(left, right, count) : DispatchLarge(left, right, count);
    }

    // A call here would force spills in the paths for small ranges.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nuint DispatchLarge(byte* left, byte* right, nuint count)
    {
        if (count > MemoryCompareAvx512.MaxSmall)
        {
            if (Avx512BW.IsSupported) return MemoryCompareAvx512.Large(left, right, count);
            if (PrimitiveTable.Avx512.FirstDifference != null) return PrimitiveTable.Avx512.FirstDifference(left, right, count);
        }
        return MemoryCompareAvx2.Large(left, right, count);
    }
}
