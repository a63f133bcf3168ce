using System;

namespace NoDeps.Primitives;

/// <summary>The reference form of <see cref="IntegerFormat"/>, one digit at a time, with the same contract.</summary>
public static class IntegerFormatScalar
{
    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;

    /// <inheritdoc cref="IntegerFormat.DecimalDigits"/>
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

    /// <inheritdoc cref="IntegerFormat.Unsigned"/>
    public static int Unsigned(Span<byte> destination, ulong value)
    {
        int length = DecimalDigits(value);
        if (length > destination.Length) return 0;
        for (int i = length - 1; i >= 0; i--)
        {
            ulong rest = value / 10;
            destination[i] = (byte)('0' + (int)(value - 10 * rest));
            value = rest;
        }
        return length;
    }

    /// <inheritdoc cref="IntegerFormat.Signed"/>
    public static int Signed(Span<byte> destination, long value)
    {
        if (value >= 0) return Unsigned(destination, (ulong)value);
        if (destination.IsEmpty) return 0;
        int digits = Unsigned(destination.Slice(1), 0 - (ulong)value);
        if (digits == 0) return 0;
        destination[0] = (byte)'-';
        return digits + 1;
    }

    /// <inheritdoc cref="IntegerFormat.Hex"/>
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
