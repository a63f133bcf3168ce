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
    public static nint Of(byte* text) => Of(text, false);

    /// <summary>
    /// The same; what lies beyond the first five steps is left to a wider form where <paramref name="orWider"/> and the
    /// processor has one. Most strings are short: the first steps cost neither a call nor a loop.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint Of(byte* text, bool orWider)
    {
        uint zeros;
        byte* at = (byte*)((nuint)text & ~(nuint)(Width - 1));
        if (((nuint)text & (Page - 1)) <= Page - Width)
        {
            zeros = Zeros(text);
            if (zeros != 0) return BitOperations.TrailingZeroCount(zeros);
        }
        else
        {
            zeros = Zeros(at) >> (int)((nuint)text & (Width - 1));
            if (zeros != 0) return BitOperations.TrailingZeroCount(zeros);
        }
        at += Width;
        zeros = Zeros(at);
        if (zeros != 0) return Distance(text, at, zeros);
        zeros = Zeros(at + Width);
        if (zeros != 0) return Distance(text, at + Width, zeros);
        zeros = Zeros(at + 2 * Width);
        if (zeros != 0) return Distance(text, at + 2 * Width, zeros);
        zeros = Zeros(at + 3 * Width);
        if (zeros != 0) return Distance(text, at + 3 * Width, zeros);
        at += 4 * Width;
        if (orWider && PrimitiveTable.Wide.StringLength != null) return PrimitiveTable.Wide.StringLength(text, at);
        // Some bytes may be looked at twice.
        at = (byte*)((nuint)at & ~(nuint)(4 * Width - 1));
        while (!AnyZero(at)) at += 4 * Width;
        for (; ; at += Width)
        {
            zeros = Zeros(at);
            if (zeros != 0) return Distance(text, at, zeros);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Distance(byte* text, byte* at, uint zeros) => (nint)(at - text) + BitOperations.TrailingZeroCount(zeros);

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
