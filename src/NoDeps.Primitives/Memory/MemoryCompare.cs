using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>Compares two ranges of unsigned bytes.</summary>
public static unsafe class MemoryCompare
{
    /// <summary>Returns true if the two ranges of <paramref name="count"/> bytes are equal.</summary>
    public static bool Equal(byte* left, byte* right, nuint count) =>
        Avx2.IsSupported && count <= MemoryCompareAvx2.MaxSmall
            ? MemoryCompareAvx2.SmallEqual(left, right, count)
            : FirstDifference(left, right, count) == count;

    /// <summary>
    /// Compares lexicographically, by the first bytes that differ: negative if <paramref name="left"/> comes before
    /// <paramref name="right"/>, 0 if they are equal, positive otherwise.
    /// </summary>
    public static int Compare(byte* left, byte* right, nuint count)
    {
        nuint at = FirstDifference(left, right, count);
        return at == count ? 0 : left[at] - right[at];
    }

    /// <summary>
    /// Ordinal comparison of two texts, as SequenceCompareTo: as <see cref="Compare(byte*, byte*, nuint)"/> over the
    /// length of the shorter one; if that is 0, the shorter one comes first.
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
    /// The index of the first byte in which the two ranges differ, or <paramref name="count"/> if they are equal. Uses
    /// the fastest form that the processor supports.
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
