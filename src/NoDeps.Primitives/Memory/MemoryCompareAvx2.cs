using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemoryCompare"/> with AVX2: 32 bytes a step, the last of which overlaps the one before it where the
/// range is no multiple of 32; ranges below 32 bytes go the scalar way.
/// </summary>
public static unsafe class MemoryCompareAvx2
{
    private const int Width = 32;

    /// <inheritdoc cref="MemoryCompare.FirstDifference"/>
    public static nuint FirstDifference(byte* left, byte* right, nuint count)
    {
        if (count < Width) return MemoryCompare.FirstDifferenceScalar(left, right, count);
        nuint last = count - Width;
        nuint at = 0;
        uint different;
        for (; at < last; at += Width)
        {
            different = Differences(left + at, right + at);
            if (different != 0) return at + (nuint)BitOperations.TrailingZeroCount(different);
        }
        different = Differences(left + last, right + last);
        return different == 0 ? count : last + (nuint)BitOperations.TrailingZeroCount(different);
    }

    // Bit i is set where the two bytes number i differ.
    private static uint Differences(byte* left, byte* right) =>
        ~(uint)Avx2.MoveMask(Avx2.CompareEqual(Avx.LoadVector256(left), Avx.LoadVector256(right)));
}
