using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemoryCompare"/> with AVX-512: the first 64 bytes, then 256 bytes per iteration, aligned to 64 in the
/// left range; the last iteration overlaps the one before it.
/// </summary>
public static unsafe class MemoryCompareAvx512
{
    private const int Width = 64;

    /// <summary>Up to this many bytes, <see cref="MemoryCompareAvx2"/> is as fast.</summary>
    public const int MaxSmall = 4 * Width;

    /// <inheritdoc cref="MemoryCompare.FirstDifference"/>
    public static nuint FirstDifference(byte* left, byte* right, nuint count) =>
        count <= MaxSmall ? MemoryCompareAvx2.FirstDifference(left, right, count) : Large(left, right, count);

    /// <summary><see cref="MemoryCompare.FirstDifference"/> of more than <see cref="MaxSmall"/> bytes.</summary>
    public static nuint Large(byte* left, byte* right, nuint count)
    {
        ulong different = ~(ulong)Avx512BW.MoveMask(Equal(left, right));
        if (different != 0) return (nuint)BitOperations.TrailingZeroCount(different);
        nuint at = Width - ((nuint)left & (Width - 1));
        nuint lastFour = count - 4 * Width;
        while (at < lastFour && !Differ(left + at, right + at)) at += 4 * Width;
        if (at >= lastFour)
        {
            at = lastFour;
            if (!Differ(left + at, right + at)) return count;
        }
        for (; ; at += Width)
        {
            different = ~(ulong)Avx512BW.MoveMask(Equal(left + at, right + at));
            if (different != 0) return at + (nuint)BitOperations.TrailingZeroCount(different);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Differ(byte* left, byte* right)
    {
        Vector512<ulong> different = Avx512F.Or(
            Avx512F.Or(Difference(left, right), Difference(left + Width, right + Width)),
            Avx512F.Or(Difference(left + 2 * Width, right + 2 * Width), Difference(left + 3 * Width, right + 3 * Width)));
        return Avx512BW.MoveMask(Avx512BW.CompareEqual(different.AsByte(), Vector512<byte>.Zero)) != -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Difference(byte* left, byte* right) =>
        Avx512F.Xor(Avx512F.LoadVector512((ulong*)left), Avx512F.LoadVector512((ulong*)right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Equal(byte* left, byte* right) =>
        Avx512BW.CompareEqual(Avx512F.LoadVector512(left), Avx512F.LoadVector512(right));
}
