using System;

namespace NoDeps.Primitives;

/// <summary>
/// All decimal digits of a binary number, exactly, and decimal rounding of them. The scratch paper (2.2.2) takes the
/// digits of the integer part by division by ten and those of the fraction by multiplication by ten, in floating point;
/// here the same two loops run on integers of any length, nine digits a step, so that no digit is ever rounded.
/// </summary>
public ref struct ExactDecimal
{
    /// <summary>
    /// Room for the digits of every double, of which none has more than 767, and of the middle of any two neighbors.
    /// </summary>
    public const int MaxDigits = 800;

    // 53 bits moved up by at most 971: 1024 bits; a fraction of at most 1075 bits and one limb above it.
    private const int MaxLimbs = 36;
    private const uint Billion = 1000000000;
    private const int DigitsPerStep = 9;

    private readonly Span<byte> _digits;

    /// <summary>
    /// How many digits lie between the first and the last that are not 0, these included; 0 for the number 0.
    /// </summary>
    public int Count;

    /// <summary>p in 0.d1 d2 d3 … · 10^p, d1 being the first digit that is not 0; 0 for the number 0.</summary>
    public int Point;

    /// <summary>The number 0, with <paramref name="room"/> for digits, of <see cref="MaxDigits"/> bytes.</summary>
    public ExactDecimal(Span<byte> room)
    {
        _digits = room;
        Count = 0;
        Point = 0;
    }

    /// <summary>
    /// Becomes <paramref name="significand"/> · 2^<paramref name="exponent"/>, for an exponent from −1075 to 971 and a
    /// significand below 2^54.
    /// </summary>
    public void Set(ulong significand, int exponent)
    {
        Count = 0;
        Point = 0;
        if (exponent >= 0) Integer(significand, exponent);
        else Fraction(significand, -exponent);
        Trim();
    }

    /// <summary>The digits, as values from 0 to 9: <see cref="Count"/> of them.</summary>
    public readonly ReadOnlySpan<byte> Digits => _digits.Slice(0, Count);

    /// <summary>The digit of 10^<paramref name="exponent"/>; 0 on both sides of the digits that there are.</summary>
    public readonly int DigitOf(int exponent)
    {
        int at = Point - 1 - exponent;
        return at >= 0 && at < Count ? _digits[at] : 0;
    }

    /// <summary>Negative, 0 or positive, as this number is below, equal to or above <paramref name="other"/>.</summary>
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

    /// <summary>Rounds to the first <paramref name="count"/> digits, the rest dropped: towards 0.</summary>
    public void Cut(int count)
    {
        if (count >= Count) return;
        Count = Math.Max(count, 0);
        Trim();
    }

    /// <summary>
    /// Rounds to the first <paramref name="count"/> digits, to the nearest, a tie to the even digit; a count of 0
    /// leaves 0 or a 1 one place higher, a negative one 0.
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

    /// <summary>Adds 1 to the digit number <paramref name="count"/>, counted from 1, those after it being all 0.</summary>
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
    /// Becomes the number of these <paramref name="digits"/>, 0.d1 d2 d3 … · 10^<paramref name="point"/>, the first and
    /// the last of them not 0.
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

    // Nine digits a division, the last nine first; then the other way round.
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

    // significand / 2^bits: nine digits a multiplication, the zeros before the first digit left out.
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
