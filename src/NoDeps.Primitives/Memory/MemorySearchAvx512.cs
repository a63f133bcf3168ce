using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemorySearch"/> with AVX-512: the first 64 bytes, then 256 bytes per iteration, aligned to 64; the last
/// iteration overlaps the one before it.
/// </summary>
public static unsafe class MemorySearchAvx512
{
    private const int Width = 64;

    /// <summary>Up to this many bytes, <see cref="MemorySearchAvx2"/> is as fast.</summary>
    public const int MaxSmall = 4 * Width;

    /// <inheritdoc cref="MemorySearch.IndexOf"/>
    public static nint IndexOf(byte* start, byte value, nuint count) =>
        count <= MaxSmall ? MemorySearchAvx2.IndexOf(start, value, count) : Large(start, value, count);

    /// <summary><see cref="MemorySearch.IndexOf"/> of more than <see cref="MaxSmall"/> bytes.</summary>
    public static nint Large(byte* start, byte value, nuint count)
    {
        Vector512<byte> pattern = Vector512.Create(value);
        ulong found = (ulong)Avx512BW.MoveMask(Equal(start, pattern));
        if (found != 0) return BitOperations.TrailingZeroCount(found);
        nuint at = Width - ((nuint)start & (Width - 1));
        nuint lastFour = count - 4 * Width;
        while (at < lastFour && !Any(start + at, pattern)) at += 4 * Width;
        if (at >= lastFour)
        {
            at = lastFour;
            if (!Any(start + at, pattern)) return -1;
        }
        for (; ; at += Width)
        {
            found = (ulong)Avx512BW.MoveMask(Equal(start + at, pattern));
            if (found != 0) return (nint)at + BitOperations.TrailingZeroCount(found);
        }
    }

    // The exclusive-or is 0 exactly where the byte matches, so the minimum of all four vectors is 0 where any matches.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Any(byte* at, Vector512<byte> pattern)
    {
        Vector512<byte> min = Avx512BW.Min(
            Avx512BW.Min(Difference(at, pattern), Difference(at + Width, pattern)),
            Avx512BW.Min(Difference(at + 2 * Width, pattern), Difference(at + 3 * Width, pattern)));
        return Avx512BW.MoveMask(Avx512BW.CompareEqual(min, Vector512<byte>.Zero)) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Difference(byte* at, Vector512<byte> pattern) =>
        Avx512F.Xor(Avx512F.LoadVector512((ulong*)at), pattern.AsUInt64()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Equal(byte* at, Vector512<byte> pattern) =>
        Avx512BW.CompareEqual(Avx512F.LoadVector512(at), pattern);
}
