using System;

namespace NoDeps.Primitives;

/// <summary>
/// All decimal digits of a binary number, exactly, with decimal rounding. Condoris, "MNIST from absolute scratch in C"
/// (2025), 2.2.2, gets the digits of the integer part by dividing by ten and those of the fraction by multiplying by
/// ten, in floating point. Here the same two loops run on multiple-precision integers, nine digits at a time, so no
/// digit is ever rounded.
/// </summary>
public ref struct ExactDecimal
{
    /// <summary>
    /// A buffer size in digits that suffices for every double (at most 767) and for every midpoint between neighbors.
    /// </summary>
    public const int MaxDigits = 800;

    // A 53-bit significand shifted by at most 971 has 1024 bits; a fraction has at most 1075 bits and one limb above
    // them.
    private const int MaxLimbs = 36;
    private const uint Billion = 1000000000;
    private const int DigitsPerStep = 9;

    private readonly Span<byte> _digits;

    /// <summary>The number of digits from the first to the last nonzero one; 0 for the number 0.</summary>
    public int Count;

    /// <summary>p in 0.d1 d2 d3 … · 10^p, where d1 is the first nonzero digit; 0 for the number 0.</summary>
    public int Point;

    /// <summary>The number 0, with a buffer of <see cref="MaxDigits"/> bytes for its digits.</summary>
    public ExactDecimal(Span<byte> buffer)
    {
        _digits = buffer;
        Count = 0;
        Point = 0;
    }

    /// <summary>
    /// Sets this number to <paramref name="significand"/> · 2^<paramref name="exponent"/>, for an exponent from −1075
    /// to 971 and a significand below 2^54.
    /// </summary>
    public void Set(ulong significand, int exponent)
    {
        Count = 0;
        Point = 0;
        if (exponent >= 0) Integer(significand, exponent);
        else Fraction(significand, -exponent);
        Trim();
    }

    /// <summary>The <see cref="Count"/> digits, as values from 0 to 9.</summary>
    public readonly ReadOnlySpan<byte> Digits => _digits.Slice(0, Count);

    /// <summary>The digit with the weight 10^<paramref name="exponent"/>; 0 outside the stored digits.</summary>
    public readonly int DigitOf(int exponent)
    {
        int at = Point - 1 - exponent;
        return at >= 0 && at < Count ? _digits[at] : 0;
    }

    /// <summary>
    /// Negative, 0 or positive if this number is less than, equal to or greater than <paramref name="other"/>.
    /// </summary>
    public readonly int CompareTo(scoped in ExactDecimal other)
    {
        if (Count == 0 || other.Count == 0) return Count - other.Count;
        if (Point != other.Point) return Point - other.Point;
        for (int i = 0; i < Count && i < other.Count; i++)
        {
            if (_digits[i] != other._digits[i]) return _digits[i] - other._digits[i];
        }
        return Count - other.Count;
    }

    /// <summary>Truncates to the first <paramref name="count"/> digits.</summary>
    public void Truncate(int count)
    {
        if (count >= Count) return;
        Count = Math.Max(count, 0);
        Trim();
    }

    /// <summary>
    /// Rounds to the first <paramref name="count"/> digits, to nearest, ties to even. A count of 0 gives 0 or a 1 one
    /// place above the first digit; a negative count gives 0.
    /// </summary>
    public void Round(int count)
    {
        if (count >= Count) return;
        bool isAbove = count >= 0 && (_digits[count] > 5 || (_digits[count] == 5 && Count > count + 1));
        bool isTie = count >= 0 && _digits[count] == 5 && Count == count + 1;
        bool lastIsOdd = count > 0 && (_digits[count - 1] & 1) != 0;
        Count = Math.Max(count, 0);
        if (isAbove || (isTie && lastIsOdd)) Increment(count);
        else Trim();
    }

    /// <summary>
    /// Adds 1 in the place of digit number <paramref name="count"/>, counted from 1; all digits after it must be 0.
    /// </summary>
    public void Increment(int count)
    {
        while (Count < count) _digits[Count++] = 0;
        while (Count > 0 && _digits[Count - 1] == 9) Count--;
        if (Count > 0)
        {
            _digits[Count - 1]++;
            return;
        }
        _digits[0] = 1;
        Count = 1;
        Point++;
    }

    /// <summary>
    /// Sets this number to 0.d1 d2 d3 … · 10^<paramref name="point"/>, given its <paramref name="digits"/>, of which
    /// the first and the last are nonzero.
    /// </summary>
    public void Set(scoped ReadOnlySpan<byte> digits, int point)
    {
        digits.CopyTo(_digits);
        Count = digits.Length;
        Point = point;
    }

    private void Trim()
    {
        while (Count > 0 && _digits[Count - 1] == 0) Count--;
        if (Count == 0) Point = 0;
    }

    // Each division yields nine digits, the last nine first; reverse them at the end.
    private void Integer(ulong significand, int exponent)
    {
        BigNatural number = new BigNatural(stackalloc uint[MaxLimbs]);
        number.Set(significand);
        number.ShiftLeft(exponent);
        while (!number.IsZero)
        {
            uint nine = number.Divide(Billion);
            for (int i = 0; i < DigitsPerStep; i++)
            {
                _digits[Count++] = (byte)(nine % 10);
                nine /= 10;
            }
        }
        while (Count > 0 && _digits[Count - 1] == 0) Count--;
        for (int i = 0, j = Count - 1; i < j; i++, j--)
        {
            byte digit = _digits[i];
            _digits[i] = _digits[j];
            _digits[j] = digit;
        }
        Point = Count;
    }

    // Appends significand / 2^bits. Each multiplication yields nine digits; zeros before the first nonzero digit are
    // skipped.
    private void Fraction(ulong significand, int bits)
    {
        ulong whole = bits >= 64 ? 0 : significand >> bits;
        if (whole != 0) Integer(whole, 0);

        int position = (bits + 31) & ~31;
        BigNatural fraction = new BigNatural(stackalloc uint[MaxLimbs]);
        fraction.Set(bits >= 64 ? significand : significand & ((1UL << bits) - 1));
        fraction.ShiftLeft(position - bits);
        while (!fraction.IsZero)
        {
            fraction.MultiplyAdd(Billion, 0);
            uint nine = fraction.TakeAbove(position);
            for (uint unit = Billion / 10; unit != 0; unit /= 10)
            {
                byte digit = (byte)(nine / unit % 10);
                if (Count == 0 && digit == 0) Point--;
                else _digits[Count++] = digit;
            }
        }
    }
}
