using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// A floating-point number c · 2^q and the interval of the real numbers that round to it, all to their last digit.
/// </summary>
public ref struct RoundingInterval
{
    /// <summary>Room for the digits of the number and of both ends.</summary>
    public const int RoomBytes = 3 * ExactDecimal.MaxDigits;

    /// <summary>The number's magnitude.</summary>
    public ExactDecimal Exact;
    /// <summary>The lower end: half way to the neighbor below.</summary>
    public ExactDecimal Below;
    /// <summary>The upper end.</summary>
    public ExactDecimal Above;
    /// <summary>c.</summary>
    public ulong Significand;
    /// <summary>q.</summary>
    public int Exponent;
    /// <summary>Below a power of two the neighbor is half as far away as above it.</summary>
    public bool IsNarrow;

    /// <summary>The number 0, with <paramref name="room"/> for digits, of <see cref="RoomBytes"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public RoundingInterval(Span<byte> room)
    {
        Exact = new(room.Slice(0, ExactDecimal.MaxDigits));
        Below = new(room.Slice(ExactDecimal.MaxDigits, ExactDecimal.MaxDigits));
        Above = new(room.Slice(2 * ExactDecimal.MaxDigits, ExactDecimal.MaxDigits));
        Significand = 0;
        Exponent = 0;
        IsNarrow = false;
    }

    /// <summary>Whether the ends belong to the interval: a tie goes to the even significand.</summary>
    public readonly bool HasEnds => (Significand & 1) == 0;

    /// <summary>
    /// Becomes that of the finite number with these <paramref name="bits"/>, the sign's being 0. Of the number 0 the ends
    /// are 0, too.
    /// </summary>
    /// <param name="bits">Biased exponent and fraction.</param>
    /// <param name="fractionBits">52 for binary64, 23 for binary32.</param>
    /// <param name="bias">1075 or 150: what makes the significand a whole number.</param>
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
        // Half way to the neighbors: (2c ± 1) · 2^(q − 1), and below a power of two (4c − 1) · 2^(q − 2).
        if (IsNarrow) Below.Set(4 * c - 1, q - 2);
        else Below.Set(2 * c - 1, q - 1);
        Above.Set(2 * c + 1, q - 1);
    }

    /// <summary>
    /// The two decimals of <paramref name="count"/> digits around the number: the digits cut off there, and one more in
    /// the last place. Where nothing is cut off, both are the number. True when the upper one is the closer.
    /// </summary>
    public readonly bool Round(int count, ref ExactDecimal lower, ref ExactDecimal upper)
    {
        lower.Set(Exact.Digits, Exact.Point);
        upper.Set(Exact.Digits, Exact.Point);
        lower.Cut(count);
        upper.Round(count);
        bool isUp = upper.CompareTo(lower) > 0;
        if (!isUp && lower.CompareTo(Exact) < 0) upper.Increment(count);
        return isUp;
    }

    /// <summary>Whether a decimal rounds to the number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly bool Contains(scoped in ExactDecimal number)
    {
        int outside = HasEnds ? 1 : 0;
        return number.CompareTo(Below) > -outside && number.CompareTo(Above) < outside;
    }
}
