using System;

namespace NoDeps.Primitives;

/// <summary>
/// Floating-point numbers to decimal text. The scratch paper (2.2.2) takes the digits of the integer part by division
/// by ten and those of the fraction by multiplication by ten, in floating point; here the same two loops run on
/// integers, so that no digit is ever rounded before the last.
/// </summary>
public static class FloatFormat
{
    /// <summary>The most bytes that <see cref="Fixed"/> writes with no decimals: a sign and 309 digits.</summary>
    public const int MaxIntegerLength = 310;

    private const int FractionBits = 52;
    private const int ExponentBias = 1075;
    private const ulong FractionMask = (1UL << FractionBits) - 1;

    // 53 bits moved up by at most 971: 1024 bits; a fraction of at most 1074 bits and one limb above it.
    private const int MaxLimbs = 36;
    private const uint Billion = 1000000000;

    private static ReadOnlySpan<uint> PowersOf10 =>
        [1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, Billion];

    /// <summary>
    /// <paramref name="value"/> with exactly <paramref name="decimals"/> digits after the point (and no point where
    /// that is 0), rounded to the nearest such text on the number's true value, a tie to the even digit: what .NET's
    /// <c>ToString("F" + decimals, CultureInfo.InvariantCulture)</c> gives, for every double and, as the conversion is
    /// exact, every float. Zero and what rounds to it keep their sign ("-0.00"); the others are "NaN", "Infinity",
    /// "-Infinity". Returns the bytes written; 0 when they do not fit (the destination is then undefined).
    /// </summary>
    public static int Fixed(Span<byte> destination, double value, int decimals)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int biased = (int)(bits >> FractionBits) & 0x7FF;
        ulong significand = bits & FractionMask;
        bool negative = bits >> 63 != 0;
        if (biased == 0x7FF)
        {
            if (significand != 0) return Word(destination, "NaN"u8);
            return Word(destination, negative ? "-Infinity"u8 : "Infinity"u8);
        }
        if (biased == 0) biased = 1;
        else significand |= 1UL << FractionBits;
        int exponent = biased - ExponentBias;

        int sign = 0;
        if (negative)
        {
            if (destination.IsEmpty) return 0;
            destination[0] = (byte)'-';
            sign = 1;
        }
        Span<byte> rest = destination.Slice(sign);
        int written = exponent >= 0
            ? Integer(rest, significand, exponent, decimals)
            : Fraction(rest, significand, -exponent, decimals);
        return written == 0 ? 0 : sign + written;
    }

    private static int Word(Span<byte> destination, ReadOnlySpan<byte> word)
    {
        if (word.Length > destination.Length) return 0;
        word.CopyTo(destination);
        return word.Length;
    }

    // significand · 2^exponent, exponent ≥ 0: nine digits a division, the last nine first.
    private static int Integer(Span<byte> destination, ulong significand, int exponent, int decimals)
    {
        BigNatural number = new BigNatural(stackalloc uint[MaxLimbs]);
        number.Set(significand);
        number.ShiftLeft(exponent);
        Span<byte> reversed = stackalloc byte[MaxIntegerLength + 9];
        int digits = 0;
        while (!number.IsZero)
        {
            uint nine = number.Divide(Billion);
            for (int i = 0; i < 9; i++)
            {
                reversed[digits++] = (byte)('0' + (int)(nine % 10));
                nine /= 10;
            }
        }
        while (digits > 1 && reversed[digits - 1] == '0') digits--;
        int length = digits + (decimals > 0 ? 1 + decimals : 0);
        if (length > destination.Length) return 0;
        for (int i = 0; i < digits; i++) destination[i] = reversed[digits - 1 - i];
        if (decimals > 0)
        {
            destination[digits] = (byte)'.';
            destination.Slice(digits + 1, decimals).Fill((byte)'0');
        }
        return length;
    }

    // significand / 2^bits, bits from 1 to 1074: nine digits a multiplication.
    private static int Fraction(Span<byte> destination, ulong significand, int bits, int decimals)
    {
        ulong whole = bits >= 64 ? 0 : significand >> bits;
        int length = IntegerFormat.Unsigned(destination, whole);
        if (length == 0) return 0;
        int end = decimals == 0 ? length : length + 1 + decimals;
        if (end > destination.Length) return 0;
        if (decimals > 0) destination[length] = (byte)'.';

        int position = (bits + 31) & ~31;
        BigNatural fraction = new BigNatural(stackalloc uint[MaxLimbs]);
        fraction.Set(bits >= 64 ? significand : significand & ((1UL << bits) - 1));
        fraction.ShiftLeft(position - bits);
        for (int at = length + 1; at < end; at += 9)
        {
            int count = Math.Min(9, end - at);
            fraction.MultiplyAdd(PowersOf10[count], 0);
            uint digits = fraction.TakeAbove(position);
            for (int i = at + count - 1; i >= at; i--)
            {
                destination[i] = (byte)('0' + (int)(digits % 10));
                digits /= 10;
            }
        }

        // Rounding: twice the rest against 1.
        fraction.MultiplyAdd(2, 0);
        bool atLeastHalf = fraction.TakeAbove(position) != 0;
        bool tie = atLeastHalf && fraction.IsZero;
        bool lastIsOdd = (destination[end - 1] & 1) != 0;
        return atLeastHalf && (!tie || lastIsOdd) ? Increment(destination, end) : end;
    }

    // Adds 1 to the last digit of a decimal text; returns its length, which grows where all digits are 9.
    private static int Increment(Span<byte> text, int length)
    {
        for (int i = length - 1; i >= 0; i--)
        {
            if (text[i] == '.') continue;
            if (text[i] != '9')
            {
                text[i]++;
                return length;
            }
            text[i] = (byte)'0';
        }
        if (length == text.Length) return 0;
        for (int i = length; i > 0; i--) text[i] = text[i - 1];
        text[0] = (byte)'1';
        return length + 1;
    }
}
