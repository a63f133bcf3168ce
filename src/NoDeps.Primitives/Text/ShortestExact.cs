using System;

namespace NoDeps.Primitives;

/// <summary>
/// The shortest decimal that reads back as a given floating-point number, and of those the closest to it, a tie to the
/// even last digit: as it is defined, by exact digits. The number and the two ends of the interval that rounds to it are
/// written out to their last digit; then the number is cut and rounded up at its first digit, its second and so on,
/// until one of the two results is inside. Every number of binary64 has one of at most 17 digits, of binary32 of at most
/// 9. Source of the definition: Steele and White, "How to print floating-point numbers accurately" (PLDI 1990).
/// <see cref="ShortestDecimal"/> is the fast form.
/// </summary>
public static class ShortestExact
{
    /// <summary>
    /// Makes <paramref name="shortest"/>, whose room has <see cref="ExactDecimal.MaxDigits"/> bytes, the shortest decimal of
    /// |x|, for the <paramref name="bits"/> of a finite x in binary64; 0 for 0.
    /// </summary>
    public static void Binary64(ref ExactDecimal shortest, ulong bits) =>
        Find(ref shortest, bits & (ulong.MaxValue >> 1), 52, 1075);

    /// <summary>The same for the <paramref name="bits"/> of a finite x in binary32.</summary>
    public static void Binary32(ref ExactDecimal shortest, uint bits) =>
        Find(ref shortest, bits & (uint.MaxValue >> 1), 23, 150);

    private static void Find(ref ExactDecimal shortest, ulong bits, int fractionBits, int bias)
    {
        ulong hidden = 1UL << fractionBits;
        int biased = (int)(bits >> fractionBits);
        ulong c = bits & (hidden - 1);
        bool isNarrow = c == 0 && biased > 1;
        if (biased == 0) biased = 1;
        else c |= hidden;
        int q = biased - bias;

        // Half way to the neighbours: (2c ± 1) · 2^(q − 1), and below a power of two (4c − 1) · 2^(q − 2).
        Span<byte> room = stackalloc byte[4 * ExactDecimal.MaxDigits];
        ExactDecimal exact = new(room.Slice(0, ExactDecimal.MaxDigits));
        ExactDecimal below = new(room.Slice(ExactDecimal.MaxDigits, ExactDecimal.MaxDigits));
        ExactDecimal above = new(room.Slice(2 * ExactDecimal.MaxDigits, ExactDecimal.MaxDigits));
        ExactDecimal next = new(room.Slice(3 * ExactDecimal.MaxDigits));
        exact.Set(c, q);
        shortest.Set(exact.Digits, exact.Point);
        if (c == 0) return;
        if (isNarrow) below.Set(4 * c - 1, q - 2);
        else below.Set(2 * c - 1, q - 1);
        above.Set(2 * c + 1, q - 1);
        int outside = (c & 1) == 0 ? 1 : 0;

        for (int count = 1; ; count++)
        {
            shortest.Set(exact.Digits, exact.Point);
            next.Set(exact.Digits, exact.Point);
            shortest.Cut(count);
            next.Round(count);
            bool isUp = next.CompareTo(shortest) > 0;
            if (!isUp && shortest.CompareTo(exact) < 0) next.Increment(count);
            bool hasLower = shortest.CompareTo(below) > -outside;
            bool hasUpper = next.CompareTo(above) < outside;
            if (!hasLower && !hasUpper) continue;
            if (hasUpper && (isUp || !hasLower)) shortest.Set(next.Digits, next.Point);
            return;
        }
    }
}
