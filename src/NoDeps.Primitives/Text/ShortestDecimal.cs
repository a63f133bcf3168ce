using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The shortest decimal that reads back as a given floating-point number, and of those the closest to it, a tie to the
/// even last digit; one multiplication by a power of ten. Equal to <see cref="ShortestScalar"/>, which shows by plain
/// digits what is meant, for every number.
/// <para>
/// Derivation, after Giulietti, "The Schubfach way to render doubles" (2020), and Xiang and Wang, "xjb: Fast Float to
/// String Algorithm" (Computers 15(5), 2026). Let the number be v = c · 2^q; every real number from v − 2^(q−1) to
/// v + 2^(q−1) reads back as v, the two ends included where c is even. Take k = ⌊log10 2^q⌋, so that the width 2^q of that
/// interval is at least 10^k and below 10^(k+1): it holds a multiple of 10^k for certain, and of 10^(k+1) at most one.
/// Where it holds that one, no other decimal inside is as short. Where not, the multiple of 10^k next to v is the
/// shortest and closest, and it is inside, as it is no more than 10^k / 2 away.
/// </para>
/// <para>
/// In units of 10^(k+1), v is y = d + φ with d whole and 0 ≤ φ &lt; 1, and the interval's half width is η, from 1/20
/// to 1/2: d · 10^(k+1) is inside where φ ≤ η, (d + 1) · 10^(k+1) where φ ≥ 1 − η, and otherwise the digit after d is
/// 10 φ, rounded. A product of c with the table's power of ten has d, φ and η all in it.
/// </para>
/// <para>
/// How many bits are enough: over all numbers of binary64, φ − η and φ + η − 1 are 0 or at least 2^−62.9 away from it,
/// and 10 φ is at least 2^−64.6 away from the middle of two digits, or on it; for binary32 these are 2^−32.1 and 2^−32.8.
/// A test computes these bounds anew, from the least values of a linear function modulo an integer. So a double takes 128
/// bits of the power and a float 64, which is why that product has a form for each (<see cref="IFloatKind{T}.Shortest"/>).
/// </para>
/// </summary>
public static class ShortestDecimal
{
    /// <summary>
    /// The shortest decimal of |x|, for the <paramref name="bits"/> of an x that is not 0 and is finite (the sign is
    /// ignored). Its <see cref="IFloatKind{T}.MaxDigits"/> digits, zeros at the end included, are those of the result, one
    /// fewer, the first not 0, and <paramref name="last"/>; <paramref name="exponent"/> is that of the first digit.
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
    /// True for the <paramref name="bits"/> of a finite number that is neither a power of two nor below the least normal
    /// number but one, whatever its sign: one for <see cref="FindCommon"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsCommon<F, T>(ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        (uint)(Biased<F, T>(bits) - 2) < (1U << F.ExponentBits) - 3 && Fraction<F, T>(bits) != 0;

    /// <summary>
    /// As <see cref="Find"/>, for such numbers and where <see cref="PowersOfTen.IsReady"/>, and without an unpredictable
    /// branch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong FindCommon<F, T>(ulong bits, out uint last, out int exponent)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        ulong c = Fraction<F, T>(bits) | 1UL << (F.SignificandBits - 1);
        ulong w = F.Shortest(c, Biased<F, T>(bits) - F.ExponentBias, out last, out exponent);

        // A digit short of the full number, or not; a float seldom two.
        ulong isShort = 0 - (w < F.MinShortest ? 1UL : 0);
        w += (9 * w + last) & isShort;
        last &= ~(uint)isShort;
        exponent += (int)isShort;
        if (F.SignificandBits > 24 || w >= F.MinShortest) return w;
        exponent--;
        return 10 * w;
    }

    // The exponent's field.
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

    // The interval has two equal halves. The decimal is (10 · result + last) · 10^(exponent − 16), the exponent being
    // that of the first digit where the result has 16 digits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Regular64(ulong c, int q, out uint last, out int exponent)
    {
        // y = c · 2^q · t · 2^(e − 127) = (c · 2^(shift + 11) · t) / 2^139, and −3 ≤ shift ≤ 0 as 1/20 ≤ η < 1/2.
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

        // In units of 2^−64. What the table and the shifts cut off makes φ too small by at most 1.001 and η by at most
        // 1.001, and the distances to tell from 0 are 2.15 at least: 2 more for the ends that count, 1 less for those
        // that do not, decide it.
        ulong d = whole >> Extra;
        ulong phi = (whole << (64 - Extra)) | (part >> Extra);
        ulong eta = (high >> (1 - shift)) + 2 - 3 * (c & 1);
        ulong up = phi > ~eta ? 1UL : 0;
        ulong isShorter = (phi < eta ? 1UL : 0) | up;

        // 10 φ + 1/2, whose fraction is 0 only for a true middle: then the table's power and the product are exact.
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
        // As above, with the first 64 bits of the power, and φ and η in units of 2^−40, too small by less than 2 and 1.
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

    // In registers throughout, which Math.BigMul is not where the lower half is wanted too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong UpperHalf(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    // y = 2^f · 2^q · t · 2^(e − 127): the power's own first 128 bits.
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

    // The number below a power of two is half as far away as the one above: the interval's lower half is η / 2, its
    // width 3/4 · 2^q. Returns what is to be added to d. The ends count. The digit next to v may lie outside, below.
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
