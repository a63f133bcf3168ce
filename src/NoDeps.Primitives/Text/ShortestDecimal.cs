using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The shortest decimal that parses back to a given floating-point number and, of those, the closest to it, ties to even,
/// by one multiplication by a power of ten. Equal to <see cref="ShortestScalar"/>, which applies the definition digit by
/// digit, for every number.
/// </summary>
/// <remarks>
/// <para>
/// Sources: Giulietti, "The Schubfach way to render doubles" (2020); Xiang and Wang, "xjb: Fast Float to String Algorithm"
/// (Computers 15(5), 2026).
/// </para>
/// <para>
/// 1. Let v = c · 2^q be equidistant from its neighbors. The real numbers that parse back to v are the interval from
/// v − 2^(q−1) to v + 2^(q−1), with its ends if c is even. Its width is 2^q.
/// </para>
/// <para>
/// 2. Let k = ⌊log10 2^q⌋, so 10^k ≤ 2^q &lt; 10^(k+1). The interval is wide enough to contain a multiple of 10^k, and
/// narrow enough to contain at most one of 10^(k+1). If it contains one of 10^(k+1), that is the shortest decimal.
/// Otherwise the shortest and closest is the multiple of 10^k nearest to v. It is inside, being at most
/// 10^k / 2 ≤ 2^(q−1) away from v.
/// </para>
/// <para>
/// 3. In units of 10^(k+1), write v as d + φ, with d an integer and 0 ≤ φ &lt; 1, and the half width of the interval as η,
/// which is in [1/20, 1/2). Then d is inside if φ ≤ η, d + 1 is inside if φ ≥ 1 − η (both strictly, if c is odd), and if
/// neither is, one more digit follows d: 10 φ, rounded. The product of c and the table's power of ten contains d and φ, and
/// the power itself contains η.
/// </para>
/// <para>
/// 4. The table's power is truncated, so this is correct only if φ − η, φ + η − 1, and the distance from 10 φ to the midpoint
/// of two digits are each either exactly 0 or too far from 0 to be affected. Over all binary64 numbers, the first two are 0
/// or at least 2^−62.9 in magnitude, and the third is 0 or at least 2^−64.6; for binary32 the bounds are 2^−32.1 and
/// 2^−32.8. A test computes these bounds as minima of a linear function modulo an integer. So a double needs 128 bits of the
/// power and a float 64, which is why each format has its own form (<see cref="IFloatKind{T}.Shortest"/>).
/// </para>
/// </remarks>
public static class ShortestDecimal
{
    /// <summary>
    /// The shortest decimal of |x|, given the <paramref name="bits"/> of a finite, nonzero x, whose sign is ignored.
    /// Its <see cref="IFloatKind{T}.MaxDigits"/> digits, padded with trailing zeros, are those of the result, which has
    /// one fewer and starts with a nonzero digit, followed by <paramref name="last"/>. <paramref name="exponent"/> is
    /// that of the first digit.
    /// </summary>
    public static ulong Find<F, T>(ulong bits, out uint last, out int exponent) where F : struct, IFloatKind<T> where T : unmanaged
    {
        PowersOfTen.Prepare();
        int biased = Biased<F, T>(bits);
        ulong c = Fraction<F, T>(bits);
        ulong w;
        if (c == 0 && biased > 1)
        {
            w = PowerOfTwo<F, T>(biased - F.ExponentBias, out last, out exponent);
        }
        else
        {
            if (biased == 0) biased = 1;
            else c |= 1UL << (F.SignificandBits - 1);
            w = F.Shortest(c, biased - F.ExponentBias, out last, out exponent);
        }
        for (; w < F.MinShortest; exponent--)
        {
            w = 10 * w + last;
            last = 0;
        }
        return w;
    }

    /// <summary>
    /// True for a finite number with a biased exponent of at least 2 that is not a power of two: an argument for <see
    /// cref="FindCommon"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsCommon<F, T>(ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        (uint)(Biased<F, T>(bits) - 2) < (1U << F.ExponentBits) - 3 && Fraction<F, T>(bits) != 0;

    /// <summary>
    /// As <see cref="Find"/>, without an unpredictable branch. Requires <see cref="IsCommon"/> and <see
    /// cref="PowersOfTen.IsReady"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong FindCommon<F, T>(ulong bits, out uint last, out int exponent)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        ulong c = Fraction<F, T>(bits) | 1UL << (F.SignificandBits - 1);
        ulong w = F.Shortest(c, Biased<F, T>(bits) - F.ExponentBias, out last, out exponent);

        // The result may be one digit short of the full number; that of a float, rarely, two.
        ulong isShort = 0 - (w < F.MinShortest ? 1UL : 0);
        w += (9 * w + last) & isShort;
        last &= ~(uint)isShort;
        exponent += (int)isShort;
        if (F.SignificandBits > 24 || w >= F.MinShortest) return w;
        exponent--;
        return 10 * w;
    }

    // The exponent field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Biased<F, T>(ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        (int)(bits >> (F.SignificandBits - 1)) & ((1 << F.ExponentBits) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fraction<F, T>(ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        bits & ((1UL << (F.SignificandBits - 1)) - 1);

    // ⌊q · log10 2⌋ for q from −1100 to 1100.
    private static int DecimalExponent(int q) => (q * 1262611) >> 22;

    // ⌊log10 (3/4 · 2^q)⌋ for q from −1100 to 1100.
    private static int NarrowDecimalExponent(int q) => (q * 1262611 - 524031) >> 22;

    // For an interval with two equal halves. The decimal is (10 · result + last) · 10^(exponent − 16), where exponent
    // is that of the first digit if the result has 16 digits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Regular64(ulong c, int q, out uint last, out int exponent)
    {
        // In units of 10^(k+1), v = c · 2^q · t · 2^(e − 127) = c · 2^(shift + 11) · t / 2^139.
        // As η = t · 2^(shift − 129) is in [1/20, 1/2), −3 ≤ shift ≤ 0.
        const int Extra = 11;
        int k = DecimalExponent(q);
        int power = ~k; // −k − 1
        ref ulong entry = ref PowersOfTen.ReadyEntry(power);
        ulong high = entry;
        int shift = q + PowersOfTen.BinaryExponent(power) + 1;
        ulong factor = c << (shift + Extra);
        ulong whole = UpperHalf(factor, high);
        ulong carry = UpperHalf(factor, Unsafe.Add(ref entry, 1));
        ulong part = factor * high + carry;
        whole += part < carry ? 1UL : 0;

        // In units of 2^−64, phi and eta are integers, each too small by at most 1.001, and φ − η and φ + η − 1 are 0
        // or at least 2.15 in magnitude. If φ ≤ η, then phi − eta ≤ 1.001, so at most 1; if φ > η, it is at least 2.15
        // − 1.001, so at least 2. If φ ≥ 1 − η, then phi + eta − 2^64 is at least −2; otherwise it is at most −3. So
        // adding 2 to eta includes the ends. In the same way, subtracting 1 excludes them.
        ulong d = whole >> Extra;
        ulong phi = (whole << (64 - Extra)) | (part >> Extra);
        ulong eta = (high >> (1 - shift)) + 2 - 3 * (c & 1);
        ulong up = phi > ~eta ? 1UL : 0;
        ulong isShorter = (phi < eta ? 1UL : 0) | up;

        // 10 φ + 1/2. Its fraction is 0 only at an exact midpoint, where both the table's power and the product are
        // exact; make the digit even there.
        ulong below = 10 * part;
        ulong digit = UpperHalf(part, 10) + 10 * (whole & ((1 << Extra) - 1)) + (1 << (Extra - 1));
        if ((digit & ((1 << Extra) - 1)) == 0 && below == 0) digit &= ~(1UL << Extra);
        last = (uint)(digit >> Extra) & (uint)(isShorter - 1);
        exponent = k + 16;
        return d + up;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Regular32(ulong c, int q, out uint last, out int exponent)
    {
        // As above, with the first 64 bits of the power. In units of 2^−40, phi is too small by less than 2 and eta by
        // less than 1, far less than the distances to be distinguished, which are at least 2^7.2.
        const int Extra = 40;
        const ulong One = 1UL << Extra;
        int k = DecimalExponent(q);
        int power = ~k; // −k − 1
        ulong high = PowersOfTen.ReadyEntry(power);
        int shift = q + PowersOfTen.BinaryExponent(power) + 1;
        ulong whole = UpperHalf(c << (shift + Extra), high);

        ulong d = whole >> Extra;
        ulong phi = whole & (One - 1);
        ulong eta = (high >> (65 - Extra - shift)) + 2 - 3 * (c & 1);
        ulong up = (phi + eta) >> Extra;
        ulong isShorter = (phi < eta ? 1UL : 0) | up;
        ulong digit = 10 * phi + One / 2;
        if ((digit & (One - 1)) == 0) digit &= ~One;
        last = (uint)(digit >> Extra) & (uint)(isShorter - 1);
        exponent = k + 8;
        return d + up;
    }

    // Stays in registers, unlike Math.BigMul if the lower half is wanted too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong UpperHalf(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    // For v = 2^f · 2^q with f = SignificandBits − 1: in units of 10^(k+1), v = t · 2^(f + q + e − 127), the first 128
    // bits of the power shifted down.
    private static ulong PowerOfTwo<F, T>(int q, out uint last, out int exponent)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        int k = NarrowDecimalExponent(q);
        ulong high = PowersOfTen.High(-k - 1);
        int shift = q + PowersOfTen.BinaryExponent(-k - 1) + 1;
        int below = 65 - F.SignificandBits - shift;
        ulong phi = (high << (64 - below)) | (PowersOfTen.Low(-k - 1) >> below);
        exponent = k + F.MaxDigits - 1;
        return (high >> below) + PowerOfTwo(phi, high >> (1 - shift), out last);
    }

    // The neighbor below a power of two is half as far away as the one above: the lower half of the interval is η / 2,
    // and its width is 3/4 · 2^q. The ends are included. The digit nearest to v may lie outside, below; then the next
    // one is taken. Returns what to add to d.
    private static uint PowerOfTwo(ulong phi, ulong eta, out uint last)
    {
        last = 0;
        if (phi < eta / 2 + 2) return 0;
        if (phi > ~(eta + 2)) return 1;
        ulong digit = Math.BigMul(phi, 10, out ulong rest);
        bool isBelow = rest > 1UL << 63 || (rest == 1UL << 63 && (digit & 1) != 0);
        bool isOutside = rest / 10 > eta / 2;
        last = (uint)digit + (isBelow || isOutside ? 1U : 0);
        return 0;
    }
}
