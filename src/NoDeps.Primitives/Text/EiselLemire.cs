using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// The binary floating-point number nearest to w · 10^q, ties to even, by one multiplication of w by the first 128 bits of
/// 10^q. Sources: Lemire, "Number parsing at a gigabyte per second" (2021); Mushtak and Lemire, "Fast number parsing without
/// fallback" (2022); Clinger, "How to read floating point numbers accurately" (1990).
/// </summary>
/// <remarks>
/// <para>
/// Shift w up until its bit 63 is set. Let t be the entry of <see cref="PowersOfTen"/> for 10^q if q ≥ 0, and the entry
/// plus 1 if q &lt; 0. The product P = w · t has 191 or 192 bits. Let X be the exact product, for which t is replaced by the
/// exact power. Since t is off by less than 1 and w &lt; 2^64, X is P for q from 0 to 55, is in [P, P + 2^64) for q > 55,
/// and in (P − 2^64, P) for q &lt; 0.
/// </para>
/// <para>
/// Rounding depends on which side of a midpoint M between neighboring numbers of the format X lies. Midpoints are multiples
/// of 2^137 at least. So P decides the rounding unless there is a midpoint between P and X:
/// </para>
/// <list type="bullet">
/// <item>q > 55: X is not a midpoint, because it is a multiple of 5^56, which has more bits than a midpoint's odd part. P
/// decides unless P &lt; M ≤ P + 2^64, that is, unless all bits of P from bit 64 up to below M's last bit are ones.</item>
/// <item>q from 0 to 55: P decides. It is a midpoint if all bits below M's last bit are zeros.</item>
/// <item>q from −27 to −1: P decides unless M ≤ P &lt; M + 2^64, and then X = M. Proof: X = w · 2^s / 5^|q| with s ≥ 130,
/// so X − M is a multiple of 2^min(s, 137) / 5^|q|. If s ≥ 137, that is at least 2^137 / 5^27 > 2^64; otherwise it is
/// 2^s / 5^|q|, the exact power itself, which is at least 2^127. As |X − M| &lt; 2^64, X − M = 0.</item>
/// <item>q &lt; −27: X is not a midpoint, because 5^28 > 2^64 does not divide w. P decides unless M ≤ P &lt; M + 2^64.</item>
/// </list>
/// <para>
/// Mushtak and Lemire show that the undecided cases, in the first and the last item, never occur for binary64 and binary32;
/// tools/decimal-ties.py, which checks this table, finds none. They are still detected and left to exact arithmetic, since
/// the test that detects ties covers them at no extra cost.
/// </para>
/// </remarks>
public static class EiselLemire
{
    // 2^64 · 10^−343 is less than half of the smallest binary64 number; 10^309 is greater than the largest.
    private const int MinPower = PowersOfTen.MinExponent;
    private const int MaxPower = 308;
    private const int MinPowerWithMidpoints = -27;

    /// <summary>
    /// The bits of the number nearest to <paramref name="w"/> · 10^<paramref name="q"/> in the format <typeparamref
    /// name="F"/>, rounded once: infinity on overflow, 0 on underflow. Returns false if exact arithmetic must decide.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryNearest<F, T>(ulong w, long q, out ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        TryCommon(w, q, F.SignificandBits, F.ExponentBits, out bits) || TryWhole<F, T>(w, q, out bits);

    /// <summary>
    /// As <see cref="Try"/>, with half of the multiplication. The first 64 bits of the entry are too small by less than
    /// 1, so the upper half of the exact product is in [high, high + 2). It rounds as high does unless the bits of high
    /// below the rounding bit are all ones, where a carry is possible, or all zeros, as in a tie. Returns false in
    /// these two cases, if the result might not be normal, and before the table is ready.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCommon(ulong w, long q, int significandBits, int exponentBits, out ulong bits)
    {
        int bias = (1 << (exponentBits - 1)) - 1;
        bits = 0;
        if ((ulong)(q - MinPower) > MaxPower - MinPower || !PowersOfTen.IsReady) return false;
        int leading = BitOperations.LeadingZeroCount(w);
        ulong high = Math.BigMul(w << leading, PowersOfTen.ReadyEntry((int)q), out _);
        int carry = (int)(high >> 63);
        int biased = 62 + carry + PowersOfTen.BinaryExponent((int)q) - leading + bias;

        // The highest bit set is 63, or 62 if carry is 0. The mask is that of the second case, which has one bit less
        // below the rounding bit. For w = 0, all bits are zeros.
        ulong below = (1UL << (62 - significandBits)) - 1;
        if (((high + 1) & below) <= 1 || (uint)biased >= (uint)(2 * bias - 1)) return false;
        bits = ((ulong)biased << (significandBits - 1)) + (((high >> (62 + carry - significandBits)) + 1) >> 1);
        return true;
    }

    /// <summary>As <see cref="TryNearest{F,T}"/>, with the whole multiplication.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryWhole<F, T>(ulong w, long q, out ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        Try(w, q, F.SignificandBits, F.ExponentBits, out bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Try(ulong w, long q, int significandBits, int exponentBits, out ulong bits)
    {
        int bias = (1 << (exponentBits - 1)) - 1;
        ulong infinity = ((1UL << exponentBits) - 1) << (significandBits - 1);
        bits = 0;
        if (w == 0 || q < MinPower) return true;
        bits = infinity;
        if (q > MaxPower) return true;

        int power = (int)q;
        int leading = BitOperations.LeadingZeroCount(w);
        w <<= leading;
        ulong roundUp = (ulong)power >> 63;
        ref ulong entry = ref PowersOfTen.Entry(power);
        ulong low = Math.BigMul(w, Unsafe.Add(ref entry, 1) + roundUp, out ulong lowest);
        ulong high = Math.BigMul(w, entry, out ulong middle);
        middle += low;
        if (middle < low) high++;

        // The highest bit of high is worth 2^exponent. Drop all bits below the last bit of the significand.
        int carry = (int)(high >> 63);
        int exponent = 63 + carry + PowersOfTen.BinaryExponent(power) - leading;
        int dropped = 63 + carry - significandBits;
        ulong biased = 0;
        if (exponent >= 1 - bias) biased = (ulong)(exponent + bias - 1) << (significandBits - 1);
        else dropped += 1 - bias - exponent;
        bits = 0;
        // Less than half of the smallest number is 0. Between half and all of it, which is rare, exact arithmetic
        // decides.
        if (dropped > 63) return dropped > 63 + carry;

        ulong significand = high >> dropped;
        ulong half = 1UL << (dropped - 1);
        ulong rest = high & (2 * half - 1);
        ulong up = rest >= half ? 1UL : 0;
        if (rest - (half - 1) <= 1 && middle + 1 <= 1)
        {
            bool above = rest == half && middle == 0;
            bool tie = above && (power < 0 || (power <= PowersOfTen.MaxExact && lowest == 0));
            bool below = rest < half && middle != 0;
            if (tie && power < MinPowerWithMidpoints) return false;
            if (below && power > PowersOfTen.MaxExact) return false;
            if (tie) up = significand & 1;
        }
        // A carry out of the significand increments the exponent field, as it should.
        bits = Math.Min(biased + significand + up, infinity);
        return true;
    }
}
