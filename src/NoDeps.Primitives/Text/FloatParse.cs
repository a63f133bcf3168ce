using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// Decimal text to floating-point numbers, always correctly rounded: to the nearest, a tie to the even significand,
/// once. Each function reads the longest number at the start of the text, as <see cref="DecimalText.Scan"/> describes
/// it, or one of the words "inf", "infinity" and "nan" in any case after a sign or none, and leaves what follows to its
/// caller. A number too large for the format is infinite, one too small is 0, each with its sign. On failure the value
/// is 0 and <c>consumed</c> is 0.
/// </summary>
/// <remarks>
/// Every spelling of a number in JSON is read; some that JSON forbids are too (a leading '+' or zero, a bare point),
/// and a reader of JSON has to look for these itself.
/// </remarks>
public static class FloatParse
{
    // Powers of ten that are exact in the format: 5^22 < 2^53, 5^10 < 2^24.
    private static ReadOnlySpan<double> ExactPowers64 =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private static ReadOnlySpan<float> ExactPowers32 =>
    [
        1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f,
    ];

    /// <summary>The nearest double.</summary>
    public static bool Double(ReadOnlySpan<byte> text, out double value, out int consumed)
    {
        if (!DecimalText.Scan(text, out DecimalText number))
        {
            value = Word(text, out consumed);
            return consumed > 0;
        }
        consumed = number.Consumed;
        if (!ShortDouble(number, out value))
            value = BitConverter.UInt64BitsToDouble(DecimalToBinary.ToBinary64(number));
        if (number.Negative) value = -value;
        return true;
    }

    /// <summary>The nearest float; not by way of a double, which could round twice.</summary>
    public static bool Single(ReadOnlySpan<byte> text, out float value, out int consumed)
    {
        if (!DecimalText.Scan(text, out DecimalText number))
        {
            value = (float)Word(text, out consumed);
            return consumed > 0;
        }
        consumed = number.Consumed;
        if (!ShortSingle(number, out value))
            value = BitConverter.UInt32BitsToSingle(DecimalToBinary.ToBinary32(number));
        if (number.Negative) value = -value;
        return true;
    }

    // Clinger's fast path: an integer and a power of ten, both exact, leave one rounding to the division or product.
    private static bool ShortDouble(scoped in DecimalText number, out double value)
    {
        value = 0;
        if (number.Digits == 0) return true;
        if (number.Digits > DecimalText.MaxShortDigits) return false;
        long ten = number.Point - number.Digits;
        ulong integer = number.ShortInteger();
        if (integer > 1UL << 53 || ten < -22 || ten > 22) return false;
        value = (long)integer;
        if (ten < 0) value /= ExactPowers64[(int)-ten];
        else value *= ExactPowers64[(int)ten];
        return true;
    }

    private static bool ShortSingle(scoped in DecimalText number, out float value)
    {
        value = 0;
        if (number.Digits == 0) return true;
        if (number.Digits > DecimalText.MaxShortDigits) return false;
        long ten = number.Point - number.Digits;
        ulong integer = number.ShortInteger();
        if (integer > 1UL << 24 || ten < -10 || ten > 10) return false;
        value = (int)integer;
        if (ten < 0) value /= ExactPowers32[(int)-ten];
        else value *= ExactPowers32[(int)ten];
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Word(ReadOnlySpan<byte> text, out int consumed)
    {
        bool negative = !text.IsEmpty && text[0] == '-';
        int sign = negative || (!text.IsEmpty && text[0] == '+') ? 1 : 0;
        ReadOnlySpan<byte> word = text.Slice(sign);
        consumed = StartsWith(word, "nan"u8);
        if (consumed > 0)
        {
            consumed += sign;
            return double.NaN;
        }
        consumed = Math.Max(StartsWith(word, "infinity"u8), StartsWith(word, "inf"u8));
        if (consumed == 0) return 0;
        consumed += sign;
        return negative ? double.NegativeInfinity : double.PositiveInfinity;
    }

    // The word's length where the text starts with it, in any case, else 0; the word is in lower case.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length < word.Length) return 0;
        for (int i = 0; i < word.Length; i++)
        {
            if ((text[i] | 0x20) != word[i]) return 0;
        }
        return word.Length;
    }
}
