using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>IEEE 754 binary64: <c>double</c>.</summary>
public readonly struct Binary64 : IFloatKind<double>
{
    // Integers up to 2^53 are exact, but the fast path takes only those of at most 15 digits. Shortest texts mostly
    // have 16 or 17 digits, so a limit of 2^53, which has 16, would make the branch unpredictable.
    private const ulong TenTo15 = 1000000000000000;

    // The powers of ten that are exact: 5^22 < 2^53.
    private static ReadOnlySpan<double> ExactPowers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <inheritdoc/>
    public static int SignificandBits { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 53; }

    /// <inheritdoc/>
    public static int ExponentBits { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 11; }

    /// <inheritdoc/>
    public static int ExponentBias { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1075; }

    /// <inheritdoc/>
    public static int MaxDigits { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 17; }

    /// <inheritdoc/>
    public static ulong MinShortest { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => TenTo15; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryExact(ulong w, long q, out ulong bits)
    {
        bits = 0;
        if (w >= TenTo15 || (ulong)(q + 22) > 44) return false;
        double exact = (long)w;
        if (q < 0) exact /= ExactPowers[(int)-q];
        else exact *= ExactPowers[(int)q];
        bits = BitConverter.DoubleToUInt64Bits(exact);
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FromBits(ulong bits, ulong negative) => BitConverter.UInt64BitsToDouble(bits | negative << 63);

    /// <inheritdoc/>
    public static double FromSpecial(double value) => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Parse(ReadOnlySpan<byte> text, out double value, out int consumed) =>
        FloatParse.Double(text, out value, out consumed);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Shortest(ulong c, int q, out uint last, out int exponent) =>
        ShortestDecimal.Regular64(c, q, out last, out exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte start, uint sign, ulong w, uint last, int exponent) =>
        ShortestText.Write64(ref start, sign, w, last, exponent);
}
