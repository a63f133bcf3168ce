using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemoryCompare"/> with AVX2. Two pairs of loads, which may overlap, cover any range of up to 64 bytes;
/// four pairs cover up to 127. Longer ranges take 128 bytes per iteration; the last iteration overlaps the one before
/// it.
/// </summary>
public static unsafe class MemoryCompareAvx2
{
    /// <summary>The largest range that <see cref="Small"/> accepts; <see cref="Large"/> compares longer ones.</summary>
    public const int MaxSmall = 2 * Width;

    private const int Width = 32;

    /// <inheritdoc cref="MemoryCompare.FirstDifference"/>
    public static nuint FirstDifference(byte* left, byte* right, nuint count) =>
        count <= MaxSmall ? Small(left, right, count) : Large(left, right, count);

    /// <summary>
    /// <see cref="MemoryCompare.FirstDifference"/> of at most <see cref="MaxSmall"/> bytes. If the second pair finds a
    /// difference, it lies outside the overlap, since the first pair would have found it there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Small(byte* left, byte* right, nuint count)
    {
        nuint last;
        ulong different;
        if (count >= Width)
        {
            different = Differences(left, right);
            if (different != 0) return (nuint)BitOperations.TrailingZeroCount(different);
            last = count - Width;
            different = Differences(left + last, right + last);
            return different != 0 ? last + (nuint)BitOperations.TrailingZeroCount(different) : count;
        }
        if (count >= 16)
        {
            different = Differences16(left, right);
            if (different != 0) return (nuint)BitOperations.TrailingZeroCount(different);
            last = count - 16;
            different = Differences16(left + last, right + last);
            return different != 0 ? last + (nuint)BitOperations.TrailingZeroCount(different) : count;
        }
        if (count >= 8)
        {
            different = *(ulong*)left ^ *(ulong*)right;
            if (different != 0) return (nuint)BitOperations.TrailingZeroCount(different) >> 3;
            last = count - 8;
            different = *(ulong*)(left + last) ^ *(ulong*)(right + last);
            return different != 0 ? last + ((nuint)BitOperations.TrailingZeroCount(different) >> 3) : count;
        }
        if (count >= 4)
        {
            last = count - 4;
            uint first = *(uint*)left ^ *(uint*)right;
            if (first != 0) return (nuint)BitOperations.TrailingZeroCount(first) >> 3;
            first = *(uint*)(left + last) ^ *(uint*)(right + last);
            return first != 0 ? last + ((nuint)BitOperations.TrailingZeroCount(first) >> 3) : count;
        }
        last = 0;
        while (last < count && left[last] == right[last]) last++;
        return last;
    }

    /// <summary><see cref="MemoryCompare.Equal"/> of at most <see cref="MaxSmall"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SmallEqual(byte* left, byte* right, nuint count)
    {
        byte* leftEnd = left + count;
        byte* rightEnd = right + count;
        if (count >= Width)
            return (Differences(left, right) | Differences(leftEnd - Width, rightEnd - Width)) == 0;
        if (count >= 16)
            return (Differences16(left, right) | Differences16(leftEnd - 16, rightEnd - 16)) == 0;
        if (count >= 8)
            return ((*(ulong*)left ^ *(ulong*)right) | (((ulong*)leftEnd)[-1] ^ ((ulong*)rightEnd)[-1])) == 0;
        if (count >= 4)
            return ((*(uint*)left ^ *(uint*)right) | (((uint*)leftEnd)[-1] ^ ((uint*)rightEnd)[-1])) == 0;
        return count == 0 || *left == *right && left[count >> 1] == right[count >> 1] && leftEnd[-1] == rightEnd[-1];
    }

    /// <summary><see cref="MemoryCompare.FirstDifference"/> of more than <see cref="MaxSmall"/> bytes.</summary>
    public static nuint Large(byte* left, byte* right, nuint count)
    {
        nuint at = 0;
        nuint last = count - Width;
        if (count < 4 * Width)
        {
            if (!Differ(left, right, Width, last - Width, last)) return count;
        }
        else
        {
            nuint lastFour = last - 3 * Width;
            while (at < lastFour && !Differ(left + at, right + at, Width, 2 * Width, 3 * Width)) at += 4 * Width;
            if (at >= lastFour)
            {
                at = lastFour;
                if (!Differ(left + at, right + at, Width, 2 * Width, 3 * Width)) return count;
            }
        }
        // The difference is in one of the next four vectors.
        while (true)
        {
            if (at > last) at = last;
            uint different = Differences(left + at, right + at);
            if (different != 0) return at + (nuint)BitOperations.TrailingZeroCount(different);
            at += Width;
        }
    }

    // Bit i is set if the bytes at index i differ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Differences(byte* left, byte* right) =>
        ~(uint)Avx2.MoveMask(Avx2.CompareEqual(Avx.LoadVector256(left), Avx.LoadVector256(right)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Differences16(byte* left, byte* right) =>
        (uint)Sse2.MoveMask(Sse2.CompareEqual(Sse2.LoadVector128(left), Sse2.LoadVector128(right))) ^ 0xFFFF;

    // Compares four vectors: one at offset 0 and one at each of the three given offsets.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Differ(byte* left, byte* right, nuint second, nuint third, nuint fourth) =>
        Avx2.MoveMask(Avx2.And(
            Avx2.And(Equal(left, right), Equal(left + second, right + second)),
            Avx2.And(Equal(left + third, right + third), Equal(left + fourth, right + fourth)))) != -1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Equal(byte* left, byte* right) =>
        Avx2.CompareEqual(Avx.LoadVector256(left), Avx.LoadVector256(right));
}
