using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// The nearest binary floating-point number to w · 10^q, a tie to the even significand, by one multiplication of w with
/// the first 128 bits of 10^q. Sources: Lemire, "Number parsing at a gigabyte per second" (2021); Mushtak and Lemire,
/// "Fast number parsing without fallback" (2022); Clinger, "How to read floating point numbers accurately" (1990).
/// </summary>
/// <remarks>
/// <para>
/// w is shifted up until its bit 63 is set. With t the entry of <see cref="PowersOfTen"/> for q ≥ 0, and the entry
/// rounded up, t + 1, for q &lt; 0, the product P = w · t has 191 or 192 bits. As the entry is off by less than 1 and
/// w &lt; 2^64, the exact product lies in [P, P + 2^64) for q ≥ 0 and in (P − 2^64, P) for q &lt; 0; for q from 0 to 55 it
/// is P. Rounding depends on which side of a middle between two numbers of the format it lies, and middles are
/// multiples of 2^137 and more. So P decides unless a middle lies within 2^64 of it:
/// </para>
/// <para>
/// q > 55: the product is no middle, as it is a multiple of 5^56, and only its lowest bits are in doubt. P decides
/// unless all its bits between the middle's last and bit 64 are ones.
/// q from 0 to 55: P decides, and is itself a middle when all bits below the middle's last are zeros.
/// q from −27 to −1: where P is less than 2^64 above a middle the exact product is that middle. The two differ by a
/// multiple of 2^137 / 5^27 > 2^64, or, where 2^137 is not a factor of the power of two in w · t, by one of t > 2^64.
/// q &lt; −27: w · 10^q is no middle, as 5^28 > 2^64 does not divide w. P decides unless it is that close above one.
/// </para>
/// <para>
/// Mushtak and Lemire show that the two cases in which P does not decide never come up for binary64 and binary32, and
/// tools/decimal-ties.py, which asks it of this table, finds none. They are looked for all the same, and left to exact
/// arithmetic: the test that singles out ties pays for it.
/// </para>
/// </remarks>
public static class EiselLemire
{
    // 2^64 · 10^−343 is less than half of the least number of binary64, 10^309 more than its greatest.
    private const int SmallestPower = PowersOfTen.Smallest;
    private const int LargestPower = 308;
    private const int SmallestWithMiddles = -27;

    /// <summary>
    /// The bits of the nearest number in the format <typeparamref name="F"/> to <paramref name="w"/> ·
    /// 10^<paramref name="q"/>, rounded once: infinity for one too large, 0 for one too small. False where the exact form
    /// has to decide.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryNearest<F, T>(ulong w, long q, out ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        TryCommon(w, q, F.SignificandBits, F.ExponentBits, out bits) || TryWhole<F, T>(w, q, out bits);

    /// <summary>
    /// As <see cref="Try"/>, where half of the multiplication decides: the first 64 bits of the entry are too small by less
    /// than 1, so the exact product is in [high, high + 2), and rounds as high does unless high's bits after the first of
    /// those cut off are all ones or, as for a tie, all zeros. False for these, where the number may not be normal, and
    /// before the table is ready.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCommon(ulong w, long q, int significandBits, int exponentBits, out ulong bits)
    {
        int bias = (1 << (exponentBits - 1)) - 1;
        bits = 0;
        if ((ulong)(q - SmallestPower) > LargestPower - SmallestPower || !PowersOfTen.IsReady) return false;
        int leading = BitOperations.LeadingZeroCount(w);
        ulong high = Math.BigMul(w << leading, PowersOfTen.ReadyEntry((int)q), out _);
        int carry = (int)(high >> 63);
        int biased = 62 + carry + PowersOfTen.BinaryExponent((int)q) - leading + bias;

        // Bit 63 is set or, without a carry, bit 62, which leaves a bit less below. Of w = 0 all are zeros.
        ulong below = (1UL << (62 - significandBits)) - 1;
        if (((high + 1) & below) <= 1 || (uint)biased >= (uint)(2 * bias - 1)) return false;
        bits = ((ulong)biased << (significandBits - 1)) + (((high >> (62 + carry - significandBits)) + 1) >> 1);
        return true;
    }

    /// <summary>As <see cref="TryNearest{F,T}"/>, by the whole multiplication.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryWhole<F, T>(ulong w, long q, out ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        Try(w, q, F.SignificandBits, F.ExponentBits, out bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Try(ulong w, long q, int significandBits, int exponentBits, out ulong bits)
    {
        int bias = (1 << (exponentBits - 1)) - 1;
        ulong infinity = ((1UL << exponentBits) - 1) << (significandBits - 1);
        bits = 0;
        if (w == 0 || q < SmallestPower) return true;
        bits = infinity;
        if (q > LargestPower) return true;

        int ten = (int)q;
        int leading = BitOperations.LeadingZeroCount(w);
        w <<= leading;
        ulong roundUp = (ulong)ten >> 63;
        ref ulong entry = ref PowersOfTen.Entry(ten);
        ulong low = Math.BigMul(w, Unsafe.Add(ref entry, 1) + roundUp, out ulong lowest);
        ulong high = Math.BigMul(w, entry, out ulong middle);
        middle += low;
        if (middle < low) high++;

        // The number is high's, with its first bit worth 2^exponent; all below the last bit of the significand goes.
        int carry = (int)(high >> 63);
        int exponent = 63 + carry + PowersOfTen.BinaryExponent(ten) - leading;
        int dropped = 63 + carry - significandBits;
        ulong biased = 0;
        if (exponent >= 1 - bias) biased = (ulong)(exponent + bias - 1) << (significandBits - 1);
        else dropped += 1 - bias - exponent;
        bits = 0;
        // Less than half of the least number; or, rarely, more than half, but less than all of it.
        if (dropped > 63) return dropped > 63 + carry;

        ulong significand = high >> dropped;
        ulong half = 1UL << (dropped - 1);
        ulong rest = high & (2 * half - 1);
        ulong up = rest >= half ? 1UL : 0;
        if (rest - (half - 1) <= 1 && middle + 1 <= 1)
        {
            bool above = rest == half && middle == 0;
            bool tie = above && (ten < 0 || (ten <= PowersOfTen.LargestExact && lowest == 0));
            bool below = rest < half && middle != 0;
            if (tie && ten < SmallestWithMiddles) return false;
            if (below && ten > PowersOfTen.LargestExact) return false;
            if (tie) up = significand & 1;
        }
        // A carry out of the significand runs into the exponent's field, which is where it belongs.
        bits = Math.Min(biased + significand + up, infinity);
        return true;
    }
}
