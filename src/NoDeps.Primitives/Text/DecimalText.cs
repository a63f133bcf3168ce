using System;

namespace NoDeps.Primitives;

/// <summary>
/// A decimal number as it stands in a text, taken apart but not yet converted: sign, digits, and the power of ten.
/// </summary>
public ref struct DecimalText
{
    // Longer than any run of digits, so that no text can bring an exponent back into range, and far from overflow.
    private const long ExponentLimit = 1000000000000;

    /// <summary>The most digits that always fit a <see cref="ulong"/>.</summary>
    public const int MaxShortDigits = 19;

    private ReadOnlySpan<byte> _significant;

    /// <summary>True after a '-'.</summary>
    public bool Negative;

    /// <summary>How many bytes of the text the number takes.</summary>
    public int Consumed;

    /// <summary>
    /// How many digits lie between the first and the last that are not 0, these included; 0 for the number 0.
    /// </summary>
    public int Digits;

    /// <summary>p in 0.d1 d2 d3 … · 10^p, d1 being the first digit that is not 0; 0 for the number 0.</summary>
    public long Point;

    /// <summary>
    /// Reads the longest number at the start of <paramref name="text"/>: a sign or none, digits with a point among,
    /// before or after them, or without one, and at the end 'e' or 'E', a sign or none, and digits, or nothing of that.
    /// False where no number stands there.
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
    /// The first digits as one integer: <paramref name="taken"/> of them, which is all or, where there are more than
    /// <see cref="MaxShortDigits"/>, that many.
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
    /// Makes the digits into one integer, <paramref name="limit"/> of them at most; where there are more, these are
    /// followed by a single 1 for the rest, whatever it is. Returns how many digits the integer has.
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

    // After the 'e': leaves the number as it is where no digits follow.
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
