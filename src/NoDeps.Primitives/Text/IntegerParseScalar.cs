using System;

namespace NoDeps.Primitives;

/// <summary>The reference form of <see cref="IntegerParse"/>, one digit at a time, with the same contract.</summary>
public static class IntegerParseScalar
{
    /// <inheritdoc cref="IntegerParse.Unsigned(ReadOnlySpan{byte}, out ulong, out int)"/>
    public static bool Unsigned(ReadOnlySpan<byte> text, out ulong value, out int consumed)
    {
        ulong sum = 0;
        bool fits = true;
        int at = 0;
        while (at < text.Length)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit > 9) break;
            fits &= sum < ulong.MaxValue / 10 || (sum == ulong.MaxValue / 10 && digit <= ulong.MaxValue % 10);
            sum = unchecked(10 * sum + digit);
            at++;
        }
        consumed = at;
        bool good = fits && at > 0;
        value = good ? sum : 0;
        return good;
    }

    /// <inheritdoc cref="IntegerParse.Signed(ReadOnlySpan{byte}, out long, out int)"/>
    public static bool Signed(ReadOnlySpan<byte> text, out long value, out int consumed)
    {
        value = 0;
        consumed = 0;
        bool negative = !text.IsEmpty && text[0] == '-';
        int sign = negative || (!text.IsEmpty && text[0] == '+') ? 1 : 0;
        bool good = Unsigned(text.Slice(sign), out ulong magnitude, out int digits);
        if (digits == 0) return false;
        consumed = sign + digits;
        ulong limit = negative ? 1UL << 63 : (1UL << 63) - 1;
        if (!good || magnitude > limit) return false;
        value = negative ? unchecked((long)(0 - magnitude)) : (long)magnitude;
        return true;
    }

    /// <inheritdoc cref="IntegerParse.Hex"/>
    public static bool Hex(ReadOnlySpan<byte> text, out ulong value, out int consumed)
    {
        ulong sum = 0;
        bool fits = true;
        int at = 0;
        while (at < text.Length)
        {
            int digit = HexDigit(text[at]);
            if (digit < 0) break;
            fits &= sum >> 60 == 0;
            sum = (sum << 4) | (uint)digit;
            at++;
        }
        consumed = at;
        bool good = fits && at > 0;
        value = good ? sum : 0;
        return good;
    }

    private static int HexDigit(byte c)
    {
        uint digit = (uint)(c - '0');
        if (digit <= 9) return (int)digit;
        uint letter = (uint)((c | 0x20) - 'a');
        return letter <= 5 ? (int)letter + 10 : -1;
    }
}
