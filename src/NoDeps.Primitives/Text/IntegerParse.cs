using System;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Parses decimal and hexadecimal text as integers. Each function reads the longest number at the start of the text;
/// the caller compares <c>consumed</c> with the length and handles the rest. Nothing is skipped: no spaces, separators
/// or prefixes. On failure the value is 0, and <c>consumed</c> is 0 if there is no number, or the length of a number
/// that is out of range.
/// </summary>
/// <remarks>
/// Reads eight digits at a time (<see cref="EightDigits"/>). Numbers of more than 20 digits, which can only be in range
/// with leading zeros, are read digit by digit. <see cref="IntegerParseScalar"/> is the reference form.
/// </remarks>
public static class IntegerParse
{
    // Shorter texts are faster to read digit by digit.
    private const int MinWordLength = 4;

    /// <summary>One or more digits, up to 2^64 − 1.</summary>
    public static bool Unsigned(ReadOnlySpan<byte> text, out ulong value, out int consumed)
    {
        if (text.Length >= 8) return Unsigned(ref MemoryMarshal.GetReference(text), text, out value, out consumed);
        if (text.Length < MinWordLength) return IntegerParseScalar.Unsigned(text, out value, out consumed);
        ulong bytes = EightDigits.LoadShort(text);
        consumed = EightDigits.Count(bytes);
        value = EightDigits.Value(bytes, consumed);
        return consumed > 0;
    }

    /// <summary>One or more digits, up to 2^32 − 1.</summary>
    public static bool Unsigned(ReadOnlySpan<byte> text, out uint value, out int consumed)
    {
        bool good = Unsigned(text, out ulong wide, out consumed) && wide <= uint.MaxValue;
        value = good ? (uint)wide : 0;
        return good;
    }

    /// <summary>An optional '-' or '+' and one or more digits, from −2^63 to 2^63 − 1.</summary>
    public static bool Signed(ReadOnlySpan<byte> text, out long value, out int consumed)
    {
        value = 0;
        consumed = 0;
        if (text.IsEmpty) return false;
        bool negative = text[0] == '-';
        int sign = negative || text[0] == '+' ? 1 : 0;
        bool good = Unsigned(text.Slice(sign), out ulong magnitude, out int digits);
        if (digits == 0) return false;
        consumed = sign + digits;
        ulong minus = negative ? 1UL : 0;
        if (!good || magnitude > long.MaxValue + minus) return false;
        value = (long)((magnitude ^ (0 - minus)) + minus);
        return true;
    }

    /// <summary>An optional '-' or '+' and one or more digits, from −2^31 to 2^31 − 1.</summary>
    public static bool Signed(ReadOnlySpan<byte> text, out int value, out int consumed)
    {
        bool good = Signed(text, out long wide, out consumed) && wide == (int)wide;
        value = good ? (int)wide : 0;
        return good;
    }

    /// <summary>One or more hexadecimal digits, in either case, up to 2^64 − 1.</summary>
    public static bool Hex(ReadOnlySpan<byte> text, out ulong value, out int consumed)
    {
        if (text.Length < 8) return ShortHex(text, out value, out consumed);
        value = 0;
        consumed = 0;
        ref byte first = ref MemoryMarshal.GetReference(text);
        ulong sum = 0;
        for (int at = 0; at <= 16; at += 8)
        {
            ulong bytes = EightDigits.Load(ref first, Math.Min(at, text.Length), text.Length);
            int count = EightHexDigits.Count(bytes);
            if (at == 16 && count > 0) break;
            if (count > 0) sum = sum << (4 * count) | EightHexDigits.Value(bytes, count);
            if (count == 8) continue;
            value = sum;
            consumed = at + count;
            return consumed > 0;
        }
        return IntegerParseScalar.Hex(text, out value, out consumed);
    }

    // Digit by digit, without a branch on decimal digit or letter, which would be unpredictable.
    private static bool ShortHex(ReadOnlySpan<byte> text, out ulong value, out int consumed)
    {
        uint sum = 0;
        int at = 0;
        for (; at < text.Length; at++)
        {
            uint c = text[at];
            bool isDecimal = c - '0' <= 9;
            bool isLetter = (c | 0x20) - 'a' <= 5;
            if (!(isDecimal | isLetter)) break;
            // Bit 6 distinguishes letters, whose low four bits are 1 to 6.
            sum = (sum << 4) + (c & 15) + 9 * (c >> 6);
        }
        value = sum;
        consumed = at;
        return at > 0;
    }

    private static bool Unsigned(ref byte first, ReadOnlySpan<byte> text, out ulong value, out int consumed)
    {
        int length = text.Length;
        ulong bytes = EightDigits.Load(ref first, 0, length);
        int count = EightDigits.Count(bytes);
        if (count < 8)
        {
            consumed = count;
            value = EightDigits.Value(bytes, count);
            return count > 0;
        }
        ulong sum = EightDigits.Value(bytes);
        bytes = EightDigits.Load(ref first, 8, length);
        count = EightDigits.Count(bytes);
        if (count < 8)
        {
            consumed = 8 + count;
            value = EightDigits.Power(count) * sum + EightDigits.Value(bytes, count);
            return true;
        }
        sum = 100000000 * sum + EightDigits.Value(bytes);
        bytes = EightDigits.Load(ref first, 16, length);
        count = EightDigits.Count(bytes);
        if (count > 4) return IntegerParseScalar.Unsigned(text, out value, out consumed);

        // At most 20 digits: the upper half of the product is below 10^20 / 2^64 < 6.
        ulong high = Math.BigMul(sum, EightDigits.Power(count), out ulong low);
        value = low + EightDigits.Value(bytes, count);
        consumed = 16 + count;
        if (high == 0 && value >= low) return true;
        value = 0;
        return false;
    }
}
