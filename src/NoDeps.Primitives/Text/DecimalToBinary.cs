using System;

namespace NoDeps.Primitives;

/// <summary>
/// The nearest binary floating-point number to a decimal one, a tie to the even significand, by exact integer
/// arithmetic: right for every number of any length. Source: Clinger, "How to read floating point numbers accurately"
/// (PLDI 1990), the exact algorithm.
/// </summary>
public static class DecimalToBinary
{
    // Two neighboring doubles have their middle at no more than 768 significant digits. So the first 800 digits of a
    // number, and whether anything but 0 follows, say on which side of every middle it lies.
    private const int MaxDigits = 800;

    // Numbers of 10^310 and more are infinite, those below 10^-325 are 0, in every format up to binary64.
    private const int MaxPoint = 310;
    private const int MinPoint = -325;

    // The largest integer: 5 to the 325 + 801, 2,615 bits, or 801 digits, 2,661 bits; and 1 bit for doubling.
    private const int MaxLimbs = 84;

    /// <summary>The bits of |<paramref name="number"/>| in the format <typeparamref name="F"/>, rounded once.</summary>
    public static ulong Nearest<F, T>(scoped in DecimalText number) where F : struct, IFloatKind<T> where T : unmanaged =>
        Convert(number, F.SignificandBits, F.ExponentBits);

    private static ulong Convert(scoped in DecimalText number, int significandBits, int exponentBits)
    {
        ulong infinity = ((1UL << exponentBits) - 1) << (significandBits - 1);
        if (number.Digits == 0 || number.Point < MinPoint) return 0;
        if (number.Point > MaxPoint) return infinity;

        // |number| = numerator / denominator · 2^ten, as 10^ten = 5^ten · 2^ten.
        BigNatural numerator = new BigNatural(stackalloc uint[MaxLimbs]);
        BigNatural denominator = new BigNatural(stackalloc uint[MaxLimbs]);
        int ten = (int)number.Point - number.LongInteger(ref numerator, MaxDigits);
        denominator.Set(1);
        numerator.MultiplyByPowerOf5(Math.Max(ten, 0));
        denominator.MultiplyByPowerOf5(Math.Max(-ten, 0));

        // Shifted until 1 ≤ numerator / denominator < 2, so that the shift tells the exponent of the highest bit.
        int shift = denominator.BitLength - numerator.BitLength;
        numerator.ShiftLeft(Math.Max(shift, 0));
        denominator.ShiftLeft(Math.Max(-shift, 0));
        if (numerator.CompareTo(denominator) < 0)
        {
            numerator.ShiftLeft(1);
            shift++;
        }
        ulong quotient = Quotient(ref numerator, denominator);
        ulong bits = Round(quotient, !numerator.IsZero, ten - shift, significandBits, exponentBits);
        return Math.Min(bits, infinity);
    }

    // The first 64 bits of numerator / denominator, which is in [1, 2); leaves a rest in the numerator.
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

    // quotient · 2^(exponent − 63), and something more where hasMore, to the nearest number of the format. A carry out
    // of the significand runs into the exponent's field, which is just where it belongs.
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
