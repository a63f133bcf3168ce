using System;

namespace NoDeps.Primitives;

/// <summary>
/// Integers to decimal and hexadecimal text, equal to .NET's invariant ToString() and ToString("x"). Every function
/// returns how many bytes it wrote from the start of its destination; 0 when the text does not fit, and then nothing is
/// written.
/// </summary>
public static class IntegerFormat
{
    /// <summary>The longest decimal text of a <see cref="long"/> or <see cref="ulong"/>, in bytes.</summary>
    public const int MaxDecimalLength = 20;

    private static ReadOnlySpan<byte> DigitPairs =>
        "00010203040506070809101112131415161718192021222324"u8 +
        "25262728293031323334353637383940414243444546474849"u8 +
        "50515253545556575859606162636465666768697071727374"u8 +
        "75767778798081828384858687888990919293949596979899"u8;

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;

    /// <summary>How many decimal digits <paramref name="value"/> has: 1 for 0, at most 20.</summary>
    public static int DecimalDigits(ulong value)
    {
        int digits = 1;
        while (value >= 10)
        {
            value /= 10;
            digits++;
        }
        return digits;
    }

    /// <summary>Decimal text of an unsigned number, two digits a step from the last to the first.</summary>
    public static int Unsigned(Span<byte> destination, ulong value)
    {
        int length = DecimalDigits(value);
        if (length > destination.Length) return 0;
        int at = length;
        while (value >= 100)
        {
            ulong rest = value / 100;
            int pair = 2 * (int)(value - 100 * rest);
            destination[--at] = DigitPairs[pair + 1];
            destination[--at] = DigitPairs[pair];
            value = rest;
        }
        if (value >= 10)
        {
            destination[1] = DigitPairs[2 * (int)value + 1];
            destination[0] = DigitPairs[2 * (int)value];
        }
        else
        {
            destination[0] = (byte)('0' + (int)value);
        }
        return length;
    }

    /// <summary>Decimal text of a signed number: '-' before the digits of a negative one.</summary>
    public static int Signed(Span<byte> destination, long value)
    {
        if (value >= 0) return Unsigned(destination, (ulong)value);
        if (destination.IsEmpty) return 0;
        int digits = Unsigned(destination.Slice(1), 0 - (ulong)value);
        if (digits == 0) return 0;
        destination[0] = (byte)'-';
        return digits + 1;
    }

    /// <summary>
    /// Hexadecimal text in lower case without a prefix: at least <paramref name="digits"/> digits (0 counts as 1), led
    /// by zeros, and more where the number needs more.
    /// </summary>
    public static int Hex(Span<byte> destination, ulong value, int digits)
    {
        int length = 1;
        while (length < 16 && value >> (4 * length) != 0) length++;
        if (length < digits) length = digits;
        if (length > destination.Length) return 0;
        for (int i = length - 1; i >= 0; i--)
        {
            destination[i] = HexDigits[(int)(value & 15)];
            value >>= 4;
        }
        return length;
    }
}
