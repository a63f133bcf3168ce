using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemorySearch"/> with AVX2. Up to 32 bytes take one load, placed so that it stays in the page of the first
/// or the last byte. Two loads, which may overlap, cover up to 64 bytes, and four up to 127. Longer ranges take 128
/// bytes per iteration; the last iteration overlaps the one before it.
/// </summary>
public static unsafe class MemorySearchAvx2
{
    /// <summary>The largest range that <see cref="Small"/> accepts; <see cref="Large"/> searches longer ones.</summary>
    public const int MaxSmall = 2 * Width;

    private const int Page = 4096;
    private const int Width = 32;

    /// <inheritdoc cref="MemorySearch.IndexOf"/>
    public static nint IndexOf(byte* start, byte value, nuint count) =>
        count <= MaxSmall ? Small(start, value, count) : Large(start, value, count);

    /// <summary><see cref="MemorySearch.IndexOf"/> of at most <see cref="MaxSmall"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Small(byte* start, byte value, nuint count)
    {
        if (count == 0) return -1;
        Vector256<byte> pattern = Vector256.Create(value);
        if (count > Width)
        {
            uint half = (uint)Avx2.MoveMask(Equal(start, pattern));
            if (half != 0) return BitOperations.TrailingZeroCount(half);
            nint last = (nint)count - Width;
            half = (uint)Avx2.MoveMask(Equal(start + last, pattern));
            return half != 0 ? last + BitOperations.TrailingZeroCount(half) : -1;
        }
        // If 32 bytes from the start would cross a page boundary, load the 32 bytes that end with the range instead.
        ulong found = ((nuint)start & (Page - 1)) <= Page - Width
            ? (uint)Avx2.MoveMask(Equal(start, pattern))
            : (uint)Avx2.MoveMask(Equal(start + count - Width, pattern)) >> (int)(Width - count);
        found &= (1UL << (int)count) - 1;
        return found != 0 ? BitOperations.TrailingZeroCount(found) : -1;
    }

    /// <summary><see cref="MemorySearch.IndexOf"/> of more than <see cref="MaxSmall"/> bytes.</summary>
    public static nint Large(byte* start, byte value, nuint count)
    {
        Vector256<byte> pattern = Vector256.Create(value);
        nuint at = 0;
        nuint last = count - Width;
        if (count < 4 * Width)
        {
            if (!Any(start, pattern, Width, last - Width, last)) return -1;
        }
        else
        {
            nuint lastFour = last - 3 * Width;
            while (at < lastFour && !Any(start + at, pattern, Width, 2 * Width, 3 * Width)) at += 4 * Width;
            if (at >= lastFour)
            {
                at = lastFour;
                if (!Any(start + at, pattern, Width, 2 * Width, 3 * Width)) return -1;
            }
        }
        // The byte is in one of the next four vectors.
        while (true)
        {
            if (at > last) at = last;
            uint found = (uint)Avx2.MoveMask(Equal(start + at, pattern));
            if (found != 0) return (nint)at + BitOperations.TrailingZeroCount(found);
            at += Width;
        }
    }

    // Searches four vectors: one at offset 0 and one at each of the three given offsets.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Any(byte* at, Vector256<byte> pattern, nuint second, nuint third, nuint fourth) =>
        Avx2.MoveMask(Avx2.Or(
            Avx2.Or(Equal(at, pattern), Equal(at + second, pattern)),
            Avx2.Or(Equal(at + third, pattern), Equal(at + fourth, pattern)))) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Equal(byte* at, Vector256<byte> pattern) =>
        Avx2.CompareEqual(Avx.LoadVector256(at), pattern);
}
