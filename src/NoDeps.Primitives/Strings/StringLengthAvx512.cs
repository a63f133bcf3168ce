using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The length of a string that ends with a zero byte, with AVX-512: 64 bytes a step, then 256, whose minimum is 0 where one
/// of them is. Only the first load may begin at no multiple of its size, and only where it does not leave its page; a step
/// begins at a multiple of its size, so that no load reaches into a page in which the string has no byte.
/// </summary>
public static unsafe class StringLengthAvx512
{
    private const int Page = 4096;
    private const int Width = 64;

    /// <inheritdoc cref="StringLength.Of"/>
    public static nint Of(byte* text) => From(text, text);

    /// <summary>The same, where no byte before <paramref name="at"/> is 0, which lies in the string or at its end.</summary>
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

    // Bit i is set where byte i is 0.
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
