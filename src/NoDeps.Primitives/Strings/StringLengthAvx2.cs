using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The length of a NUL-terminated string with AVX2: 32 bytes per step, then 128 per iteration by testing the minimum of
/// four vectors for a zero. The first load may be unaligned, but only if it does not cross a page boundary. All other
/// steps are aligned to their size, so no load reaches a page that contains no byte of the string.
/// </summary>
public static unsafe class StringLengthAvx2
{
    private const int Page = 4096;
    private const int Width = 32;
    private const int Avx512Threshold = 512;

    /// <inheritdoc cref="StringLength.Of"/>
    public static nint Of(byte* text) => Of(text, false);

    /// <summary>
    /// As <see cref="Of(byte*)"/>. If <paramref name="orAvx512"/> is set and the processor supports it, the AVX-512
    /// form takes over after the first few hundred bytes. Most strings are short, so the first steps involve neither a
    /// call nor a loop.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint Of(byte* text, bool orAvx512)
    {
        // The first steps are unrolled and use one vector each.
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
        // Aligning down to 128 bytes may examine up to 96 bytes twice.
        at = (byte*)((nuint)(at + Width) & ~(nuint)(4 * Width - 1));
        byte* avx2End = text + Avx512Threshold;
        while (!AnyZero(at))
        {
            at += 4 * Width;
            if (orAvx512 && at > avx2End && PrimitiveTable.Avx512.StringLength != null) return ContinueAvx512(text, at);
        }
        ulong two = Zeros(at);
        if (two == 0)
        {
            at += 2 * Width;
            two = Zeros(at);
        }
        return Distance(text, at, two);
    }

    // A separate method: a call through the table would force spills in the path for short strings.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint ContinueAvx512(byte* text, byte* at) => PrimitiveTable.Avx512.StringLength(text, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Distance(byte* text, byte* at, ulong zeros) => (nint)(at - text) + BitOperations.TrailingZeroCount(zeros);

    // Bit i is set if byte i of the 64 is zero.
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
