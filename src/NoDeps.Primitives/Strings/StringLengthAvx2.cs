using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The length of a string that ends with a zero byte, with AVX2: 32 bytes a step, then 128, whose minimum is 0 where one
/// of them is. Only the first load may begin at no multiple of its size, and only where it does not leave its page; a step
/// begins at a multiple of its size, so that no load reaches into a page in which the string has no byte.
/// </summary>
public static unsafe class StringLengthAvx2
{
    private const int Page = 4096;
    private const int Width = 32;

    /// <inheritdoc cref="StringLength.Of"/>
    public static nint Of(byte* text) => Of(text, null);

    /// <summary>The same, with what lies beyond the first few hundred bytes left to <paramref name="far"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint Of(byte* text, delegate*<byte*, nint> far)
    {
        int before = (int)((nuint)text & (Width - 1));
        byte* at = text - before;
        uint zeros = ((nuint)text & (Page - 1)) <= Page - Width ? Zeros(text) : Zeros(at) >> before;
        if (zeros != 0) return BitOperations.TrailingZeroCount(zeros);
        for (at += Width; ((nuint)at & (4 * Width - 1)) != 0; at += Width)
        {
            zeros = Zeros(at);
            if (zeros != 0) return (nint)(at - text) + BitOperations.TrailingZeroCount(zeros);
        }
        while (!AnyZero(at))
        {
            at += 4 * Width;
            if (far != null && (nint)(at - text) > 8 * Width) return far(at) + (nint)(at - text);
        }
        for (; ; at += Width)
        {
            zeros = Zeros(at);
            if (zeros != 0) return (nint)(at - text) + BitOperations.TrailingZeroCount(zeros);
        }
    }

    // Bit i is set where byte i is 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Zeros(byte* at) => Zeros(Avx.LoadVector256(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Zeros(Vector256<byte> block) =>
        (uint)Avx2.MoveMask(Avx2.CompareEqual(block, Vector256<byte>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AnyZero(byte* at) =>
        Zeros(Avx2.Min(
            Avx2.Min(Avx.LoadVector256(at), Avx.LoadVector256(at + Width)),
            Avx2.Min(Avx.LoadVector256(at + 2 * Width), Avx.LoadVector256(at + 3 * Width)))) != 0;
}
