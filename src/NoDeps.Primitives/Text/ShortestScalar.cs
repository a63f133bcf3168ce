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
public static class ShortestScalar
{
    /// <summary>
    /// Makes <paramref name="shortest"/>, whose room has <see cref="ExactDecimal.MaxDigits"/> bytes, the shortest decimal of
    /// |x|, for the <paramref name="bits"/> of a finite x; 0 for 0.
    /// </summary>
    public static void Find<F, T>(ref ExactDecimal shortest, ulong bits) where F : struct, IFloatKind<T> where T : unmanaged
    {
        int fractionBits = F.SignificandBits - 1;
        ulong magnitude = bits & ((1UL << (fractionBits + F.ExponentBits)) - 1);
        Find(ref shortest, magnitude, fractionBits, F.ExponentBias);
    }

    private static void Find(ref ExactDecimal shortest, ulong bits, int fractionBits, int bias)
    {
        Span<byte> room = stackalloc byte[RoundingInterval.RoomBytes + 2 * ExactDecimal.MaxDigits];
        RoundingInterval interval = new(room);
        ExactDecimal lower = new(room.Slice(RoundingInterval.RoomBytes, ExactDecimal.MaxDigits));
        ExactDecimal upper = new(room.Slice(RoundingInterval.RoomBytes + ExactDecimal.MaxDigits));
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
