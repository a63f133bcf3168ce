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
    private const int MaxNarrow = 512;

    /// <inheritdoc cref="StringLength.Of"/>
    public static nint Of(byte* text) => Of(text, false);

    /// <summary>
    /// The same; what lies beyond the first few hundred bytes is left to a wider form where <paramref name="orWider"/> and the
    /// processor has one. Most strings are short: the first steps cost neither a call nor a loop.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint Of(byte* text, bool orWider)
    {
        // The first steps in a row, as a loop would take as long.
        byte* at = (byte*)((nuint)text & ~(nuint)(Width - 1));
        if (((nuint)text & (Page - 1)) <= Page - Width)
        {
            uint first = Zeros(Avx.LoadVector256(text));
            if (first != 0) return BitOperations.TrailingZeroCount(first);
        }
        else
        {
            uint first = Zeros(Avx.LoadVector256(at)) >> (int)((nuint)text & (Width - 1));
            if (first != 0) return BitOperations.TrailingZeroCount(first);
        }
        uint second = Zeros(Avx.LoadVector256(at += Width));
        if (second != 0) return Distance(text, at, second);
        uint third = Zeros(Avx.LoadVector256(at += Width));
        if (third != 0) return Distance(text, at, third);
        uint fourth = Zeros(Avx.LoadVector256(at += Width));
        if (fourth != 0) return Distance(text, at, fourth);
        // Up to 96 bytes are looked at twice.
        at = (byte*)((nuint)(at + Width) & ~(nuint)(4 * Width - 1));
        byte* narrow = text + MaxNarrow;
        while (!AnyZero(at))
        {
            at += 4 * Width;
            if (orWider && at > narrow && PrimitiveTable.Avx512.StringLength != null) return Wider(text, at);
        }
        ulong two = Zeros(at);
        if (two == 0)
        {
            at += 2 * Width;
            two = Zeros(at);
        }
        return Distance(text, at, two);
    }

    // A method of its own: a call through the table would force spills in the path for short strings.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Wider(byte* text, byte* at) => PrimitiveTable.Avx512.StringLength(text, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Distance(byte* text, byte* at, ulong zeros) => (nint)(at - text) + BitOperations.TrailingZeroCount(zeros);

    // Bit i is set where byte i of 64 is 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Zeros(byte* at) =>
        Zeros(Avx.LoadVector256(at)) | (ulong)Zeros(Avx.LoadVector256(at + Width)) << Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Zeros(Vector256<byte> block) =>
        (uint)Avx2.MoveMask(Avx2.CompareEqual(block, Vector256<byte>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AnyZero(byte* at) =>
        Zeros(Avx2.Min(
            Avx2.Min(Avx.LoadVector256(at), Avx.LoadVector256(at + Width)),
            Avx2.Min(Avx.LoadVector256(at + 2 * Width), Avx.LoadVector256(at + 3 * Width)))) != 0;
}
