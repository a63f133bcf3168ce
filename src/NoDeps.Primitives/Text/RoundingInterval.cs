using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// A floating-point number c · 2^q and the interval of the real numbers that round to it, with all their digits.
/// </summary>
public ref struct RoundingInterval
{
    /// <summary>The size of the buffer for the digits of the number and of both ends.</summary>
    public const int BufferBytes = 3 * ExactDecimal.MaxDigits;

    /// <summary>The magnitude of the number.</summary>
    public ExactDecimal Exact;
    /// <summary>The lower end: halfway to the neighbor below.</summary>
    public ExactDecimal Below;
    /// <summary>The upper end: halfway to the neighbor above.</summary>
    public ExactDecimal Above;
    /// <summary>c, an integer.</summary>
    public ulong Significand;
    /// <summary>q.</summary>
    public int Exponent;
    /// <summary>
    /// True if the neighbor below is half as far away as the one above, as for every normal power of two but the
    /// smallest.
    /// </summary>
    public bool IsNarrow;

    /// <summary>The number 0, with a buffer of <see cref="BufferBytes"/> for digits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public RoundingInterval(Span<byte> buffer)
    {
        Exact = new(buffer.Slice(0, ExactDecimal.MaxDigits));
        Below = new(buffer.Slice(ExactDecimal.MaxDigits, ExactDecimal.MaxDigits));
        Above = new(buffer.Slice(2 * ExactDecimal.MaxDigits, ExactDecimal.MaxDigits));
        Significand = 0;
        Exponent = 0;
        IsNarrow = false;
    }

    /// <summary>True if the ends belong to the interval: a tie rounds to the even significand.</summary>
    public readonly bool IncludesEnds => (Significand & 1) == 0;

    /// <summary>
    /// Sets the number to the finite, nonnegative one with these <paramref name="bits"/>. For the number 0, the ends
    /// are 0 too.
    /// </summary>
    /// <param name="bits">Biased exponent and fraction.</param>
    /// <param name="fractionBits">52 for binary64, 23 for binary32.</param>
    /// <param name="bias">The bias for an integral significand: 1075 or 150.</param>
    public void Set(ulong bits, int fractionBits, int bias)
    {
        ulong hidden = 1UL << fractionBits;
        int biased = (int)(bits >> fractionBits);
        ulong c = bits & (hidden - 1);
        IsNarrow = c == 0 && biased > 1;
        if (biased == 0) biased = 1;
        else c |= hidden;
        int q = biased - bias;
        Significand = c;
        Exponent = q;
        Exact.Set(c, q);
        if (c == 0) return;
        // Halfway to the neighbors: (2c ± 1) · 2^(q − 1), or below a power of two (4c − 1) · 2^(q − 2).
        if (IsNarrow) Below.Set(4 * c - 1, q - 2);
        else Below.Set(2 * c - 1, q - 1);
        Above.Set(2 * c + 1, q - 1);
    }

    /// <summary>
    /// The two decimals of <paramref name="count"/> digits that enclose the number: truncated, and with one added in
    /// the last place. If nothing is cut off, both are the number. Returns true if the upper one is closer.
    /// </summary>
    public readonly bool Round(int count, ref ExactDecimal lower, ref ExactDecimal upper)
    {
        lower.Set(Exact.Digits, Exact.Point);
        upper.Set(Exact.Digits, Exact.Point);
        lower.Truncate(count);
        upper.Round(count);
        bool isUp = upper.CompareTo(lower) > 0;
        if (!isUp && lower.CompareTo(Exact) < 0) upper.Increment(count);
        return isUp;
    }

    /// <summary>Returns true if a decimal rounds to the number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly bool Contains(scoped in ExactDecimal number)
    {
        int outside = IncludesEnds ? 1 : 0;
        return number.CompareTo(Below) > -outside && number.CompareTo(Above) < outside;
    }
}
