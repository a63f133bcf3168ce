using System;

namespace NoDeps.Primitives;

/// <summary>A decimal number in a text, parsed but not yet converted: sign, digits and power of ten.</summary>
public ref struct DecimalText
{
    // Greater than the length of any text, so that no number of digits can bring a clamped exponent back into range,
    // and far from overflow.
    private const long ExponentLimit = 1000000000000;

    /// <summary>The number of digits that always fit in a <see cref="ulong"/>.</summary>
    public const int MaxShortDigits = 19;

    private ReadOnlySpan<byte> _significant;

    /// <summary>True after a '-'.</summary>
    public bool Negative;

    /// <summary>The number of bytes that the number occupies.</summary>
    public int Consumed;

    /// <summary>The number of digits from the first to the last nonzero one; 0 for the number 0.</summary>
    public int Digits;

    /// <summary>p in 0.d1 d2 d3 … · 10^p, where d1 is the first nonzero digit; 0 for the number 0.</summary>
    public long Point;

    /// <summary>
    /// Reads the longest number at the start of <paramref name="text"/>: an optional sign, one or more digits with an
    /// optional point before, between or after them, and an optional exponent ('e' or 'E', an optional sign, digits).
    /// Returns false if the text does not start with a number.
    /// </summary>
    public static bool Scan(ReadOnlySpan<byte> text, out DecimalText number)
    {
        number = default;
        int at = 0;
        if (!text.IsEmpty && (text[0] == '-' || text[0] == '+'))
        {
            number.Negative = text[0] == '-';
            at = 1;
        }
        int start = at;
        at = SkipDigits(text, at);
        int point = at;
        int all = at - start;
        if (at < text.Length && text[at] == '.')
        {
            int after = SkipDigits(text, at + 1);
            all += after - at - 1;
            at = after;
        }
        if (all == 0) return false;
        number.Significant(text, start, at, point);
        number.Consumed = at;
        if (at < text.Length && (text[at] | 0x20) == 'e') number.Exponent(text, at + 1);
        return true;
    }

    /// <summary>
    /// The first digits as an integer: all of them or, if there are more, <see cref="MaxShortDigits"/>. <paramref
    /// name="taken"/> is their number.
    /// </summary>
    public readonly ulong ShortInteger(out int taken)
    {
        taken = Math.Min(Digits, MaxShortDigits);
        ulong sum = 0;
        int left = taken;
        for (int i = 0; left > 0; i++)
        {
            if (_significant[i] == '.') continue;
            sum = 10 * sum + (uint)(_significant[i] - '0');
            left--;
        }
        return sum;
    }

    /// <summary>
    /// Sets <paramref name="integer"/> to the first digits, at most <paramref name="limit"/> of them. If there are
    /// more, appends a single digit 1 in place of the rest. Returns the number of digits of the integer.
    /// </summary>
    public readonly int LongInteger(ref BigNatural integer, int limit)
    {
        integer.Set(0);
        uint chunk = 0;
        uint scale = 1;
        int taken = 0;
        for (int i = 0; i < _significant.Length && taken < limit; i++)
        {
            if (_significant[i] == '.') continue;
            chunk = 10 * chunk + (uint)(_significant[i] - '0');
            scale *= 10;
            taken++;
            if (scale != 1000000000) continue;
            integer.MultiplyAdd(scale, chunk);
            chunk = 0;
            scale = 1;
        }
        integer.MultiplyAdd(scale, chunk);
        if (taken == Digits) return taken;
        integer.MultiplyAdd(10, 1);
        return taken + 1;
    }

    private static int SkipDigits(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (uint)(text[at] - '0') <= 9) at++;
        return at;
    }

    private void Significant(ReadOnlySpan<byte> text, int start, int end, int point)
    {
        int first = start;
        while (first < end && (text[first] == '0' || text[first] == '.')) first++;
        if (first == end) return;
        int last = end - 1;
        while (text[last] == '0' || text[last] == '.') last--;
        _significant = text.Slice(first, last - first + 1);
        Digits = _significant.Length - (first < point && point < last ? 1 : 0);
        Point = first < point ? point - first : point + 1 - first;
    }

    // Parses what follows the 'e'. Without digits there, it is not part of the number.
    private void Exponent(ReadOnlySpan<byte> text, int at)
    {
        bool negative = false;
        if (at < text.Length && (text[at] == '-' || text[at] == '+'))
        {
            negative = text[at] == '-';
            at++;
        }
        int end = SkipDigits(text, at);
        if (end == at) return;
        Consumed = end;
        if (Digits == 0) return;
        long exponent = 0;
        for (; at < end && exponent < ExponentLimit; at++) exponent = 10 * exponent + (text[at] - '0');
        Point += negative ? -exponent : exponent;
    }
}
