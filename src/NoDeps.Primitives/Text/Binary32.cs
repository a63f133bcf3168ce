using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>IEEE 754 binary32: <c>float</c>.</summary>
public readonly struct Binary32 : IFloatKind<float>
{
    // Integers up to 2^24 are exact. For the limit of 7 digits see Binary64.
    private const ulong TenTo7 = 10000000;

    // The powers of ten that are exact: 5^10 < 2^24.
    private static ReadOnlySpan<float> ExactPowers =>
    [
        1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f,
    ];

    /// <inheritdoc/>
    public static int SignificandBits { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 24; }

    /// <inheritdoc/>
    public static int ExponentBits { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 8; }

    /// <inheritdoc/>
    public static int ExponentBias { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 150; }

    /// <inheritdoc/>
    public static int MaxDigits { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 9; }

    /// <inheritdoc/>
    public static ulong MinShortest { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => TenTo7; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryExact(ulong w, long q, out ulong bits)
    {
        bits = 0;
        if (w >= TenTo7 || (ulong)(q + 10) > 20) return false;
        float exact = (int)w;
        if (q < 0) exact /= ExactPowers[(int)-q];
        else exact *= ExactPowers[(int)q];
        bits = BitConverter.SingleToUInt32Bits(exact);
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FromBits(ulong bits, ulong negative) =>
        BitConverter.UInt32BitsToSingle((uint)bits | (uint)negative << 31);

    /// <inheritdoc/>
    public static float FromSpecial(double value) => (float)value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Parse(ReadOnlySpan<byte> text, out float value, out int consumed) =>
        FloatParse.Single(text, out value, out consumed);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Shortest(ulong c, int q, out uint last, out int exponent) =>
        ShortestDecimal.Regular32(c, q, out last, out exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte start, uint sign, ulong w, uint last, int exponent) =>
        ShortestText.Write32(ref start, sign, w, last, exponent);
}
