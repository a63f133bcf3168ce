using System;

namespace NoDeps.Primitives;

/// <summary>
/// The shortest decimal that parses back to a given floating-point number and, of those, the closest to it, ties to
/// even: the definition, with exact digits. The number and both ends of its rounding interval are written out in full.
/// Then the number is truncated and rounded up at its first digit, its second and so on, until one of the two results
/// is inside the interval. Every binary64 number has a shortest decimal of at most 17 digits, every binary32 number one
/// of at most 9. Source: Steele and White, "How to print floating-point numbers accurately" (PLDI 1990). <see
/// cref="ShortestDecimal"/> is the fast form.
/// </summary>
public static class ShortestScalar
{
    /// <summary>
    /// Sets <paramref name="shortest"/>, whose buffer has <see cref="ExactDecimal.MaxDigits"/> bytes, to the shortest
    /// decimal of |x|, given the <paramref name="bits"/> of a finite x; 0 for 0.
    /// </summary>
    public static void Find<F, T>(ref ExactDecimal shortest, ulong bits) where F : struct, IFloatKind<T> where T : unmanaged
    {
        int fractionBits = F.SignificandBits - 1;
        ulong magnitude = bits & ((1UL << (fractionBits + F.ExponentBits)) - 1);
        Find(ref shortest, magnitude, fractionBits, F.ExponentBias);
    }

    private static void Find(ref ExactDecimal shortest, ulong bits, int fractionBits, int bias)
    {
        Span<byte> buffer = stackalloc byte[RoundingInterval.BufferBytes + 2 * ExactDecimal.MaxDigits];
        RoundingInterval interval = new(buffer);
        ExactDecimal lower = new(buffer.Slice(RoundingInterval.BufferBytes, ExactDecimal.MaxDigits));
        ExactDecimal upper = new(buffer.Slice(RoundingInterval.BufferBytes + ExactDecimal.MaxDigits));
        interval.Set(bits, fractionBits, bias);
        shortest.Set(interval.Exact.Digits, interval.Exact.Point);
        if (shortest.Count == 0) return;
        for (int count = 1; ; count++)
        {
            bool isUp = interval.Round(count, ref lower, ref upper);
            bool hasLower = interval.Contains(lower);
            bool hasUpper = interval.Contains(upper);
            if (!hasLower && !hasUpper) continue;
            if (hasUpper && (isUp || !hasLower)) shortest.Set(upper.Digits, upper.Point);
            else shortest.Set(lower.Digits, lower.Point);
            return;
        }
    }
}
