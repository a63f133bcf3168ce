using System;

namespace NoDeps.Primitives;

/// <summary>
/// The binary floating-point number nearest to a decimal one, ties to even, by exact integer arithmetic: correct for
/// numbers of any length. Source: Clinger, "How to read floating point numbers accurately" (PLDI 1990), the exact
/// algorithm.
/// </summary>
public static class DecimalToBinary
{
    // A midpoint between neighboring doubles has at most 768 significant digits. So the first 800 digits of a number,
    // and whether any nonzero digit follows, determine on which side of every midpoint it lies.
    private const int MaxDigits = 800;

    // Numbers from 10^310 up are infinite and those below 10^−325 are 0 in every format up to binary64.
    private const int MaxPoint = 310;
    private const int MinPoint = -325;

    // The largest integers are 5^(325 + 801), with 2,615 bits, and a number of 801 digits, with 2,661 bits; doubling
    // adds 1 bit.
    private const int MaxLimbs = 84;

    /// <summary>The bits of |<paramref name="number"/>| in the format <typeparamref name="F"/>, rounded once.</summary>
    public static ulong Nearest<F, T>(scoped in DecimalText number) where F : struct, IFloatKind<T> where T : unmanaged =>
        Convert(number, F.SignificandBits, F.ExponentBits);

    private static ulong Convert(scoped in DecimalText number, int significandBits, int exponentBits)
    {
        ulong infinity = ((1UL << exponentBits) - 1) << (significandBits - 1);
        if (number.Digits == 0 || number.Point < MinPoint) return 0;
        if (number.Point > MaxPoint) return infinity;

        // |number| = numerator / denominator · 2^power, as 10^power = 5^power · 2^power.
        BigNatural numerator = new BigNatural(stackalloc uint[MaxLimbs]);
        BigNatural denominator = new BigNatural(stackalloc uint[MaxLimbs]);
        int power = (int)number.Point - number.LongInteger(ref numerator, MaxDigits);
        denominator.Set(1);
        numerator.MultiplyByPowerOf5(Math.Max(power, 0));
        denominator.MultiplyByPowerOf5(Math.Max(-power, 0));

        // Shift until 1 ≤ numerator / denominator < 2. The shift then gives the exponent of the highest bit.
        int shift = denominator.BitLength - numerator.BitLength;
        numerator.ShiftLeft(Math.Max(shift, 0));
        denominator.ShiftLeft(Math.Max(-shift, 0));
        if (numerator.CompareTo(denominator) < 0)
        {
            numerator.ShiftLeft(1);
            shift++;
        }
        ulong quotient = Quotient(ref numerator, denominator);
        ulong bits = Round(quotient, !numerator.IsZero, power - shift, significandBits, exponentBits);
        return Math.Min(bits, infinity);
    }

    // The first 64 bits of numerator / denominator, which is in [1, 2). Leaves a remainder in the numerator; only
    // whether it is 0 matters.
    private static ulong Quotient(ref BigNatural numerator, scoped in BigNatural denominator)
    {
        ulong quotient = 0;
        for (int bit = 63; bit >= 0; bit--)
        {
            if (numerator.CompareTo(denominator) >= 0)
            {
                numerator.Subtract(denominator);
                quotient |= 1UL << bit;
            }
            if (numerator.IsZero) break;
            numerator.ShiftLeft(1);
        }
        return quotient;
    }

    // Rounds quotient · 2^(exponent − 63), plus something smaller than its last bit if hasMore, to the nearest number
    // of the format. A carry out of the significand increments the exponent field, as it should.
    private static ulong Round(ulong quotient, bool hasMore, int exponent, int significandBits, int exponentBits)
    {
        int smallest = 3 - (1 << (exponentBits - 1)) - significandBits;
        int last = exponent - (significandBits - 1);
        int dropped = 64 - significandBits + Math.Max(smallest - last, 0);
        if (dropped > 64) return 0;

        ulong significand = dropped == 64 ? 0 : quotient >> dropped;
        ulong rest = dropped == 64 ? quotient : quotient & ((1UL << dropped) - 1);
        ulong half = 1UL << (dropped - 1);
        if (rest > half || (rest == half && (hasMore || (significand & 1) != 0))) significand++;
        return significand + ((ulong)Math.Max(last - smallest, 0) << (significandBits - 1));
    }
}
