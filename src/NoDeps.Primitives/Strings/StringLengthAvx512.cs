using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The length of a NUL-terminated string with AVX-512: 64 bytes per step, then 256 per iteration by testing the minimum
/// of four vectors for a zero. The first load may be unaligned, but only if it does not cross a page boundary. All
/// other steps are aligned to their size, so no load reaches a page that contains no byte of the string.
/// </summary>
public static unsafe class StringLengthAvx512
{
    private const int Page = 4096;
    private const int Width = 64;

    /// <inheritdoc cref="StringLength.Of"/>
    public static nint Of(byte* text) => From(text, text);

    /// <summary>
    /// As <see cref="Of"/>, but starts at <paramref name="at"/>, which lies in the string or at its terminator: no byte
    /// before it is zero.
    /// </summary>
    public static nint From(byte* text, byte* at)
    {
        ulong zeros;
        if (((nuint)at & (Page - 1)) <= Page - Width)
        {
            zeros = Zeros(at);
            if (zeros != 0) return Distance(text, at, zeros);
            at = (byte*)((nuint)at & ~(nuint)(Width - 1));
        }
        else
        {
            int before = (int)((nuint)at & (Width - 1));
            at -= before;
            zeros = Zeros(at) >> before << before;
            if (zeros != 0) return Distance(text, at, zeros);
        }
        for (at += Width; ((nuint)at & (4 * Width - 1)) != 0; at += Width)
        {
            zeros = Zeros(at);
            if (zeros != 0) return Distance(text, at, zeros);
        }
        while (!AnyZero(at)) at += 4 * Width;
        for (; ; at += Width)
        {
            zeros = Zeros(at);
            if (zeros != 0) return Distance(text, at, zeros);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Distance(byte* text, byte* at, ulong zeros) => (nint)(at - text) + BitOperations.TrailingZeroCount(zeros);

    // Bit i is set if byte i is zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Zeros(byte* at) => Zeros(Avx512F.LoadVector512(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Zeros(Vector512<byte> block) =>
        (ulong)Avx512BW.MoveMask(Avx512BW.CompareEqual(block, Vector512<byte>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AnyZero(byte* at) =>
        Zeros(Avx512BW.Min(
            Avx512BW.Min(Avx512F.LoadVector512(at), Avx512F.LoadVector512(at + Width)),
            Avx512BW.Min(Avx512F.LoadVector512(at + 2 * Width), Avx512F.LoadVector512(at + 3 * Width)))) != 0;
}
