using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Formats integers as decimal and hexadecimal text, like .NET's invariant ToString() and ToString("x"). Every function
/// returns the number of bytes written at the start of its destination; if the text does not fit, it returns 0 and
/// writes nothing. 32-bit arguments widen to 64 bits.
/// </summary>
/// <remarks>
/// Converts eight digits at a time by multiplication (<see cref="EightDigits.Digits"/>), or sixteen: no table, no
/// division per digit, and no dependency from digit to digit. <see cref="IntegerFormatScalar"/> is the reference form.
/// </remarks>
public static class IntegerFormat
{
    /// <summary>
    /// The maximum length of the decimal text of a <see cref="long"/> or <see cref="ulong"/>, in bytes.
    /// </summary>
    public const int MaxDecimalLength = 20;

    private const uint TenTo8 = 100000000;
    private const ulong TenTo16 = 10000000000000000;

    /// <summary>The number of decimal digits of <paramref name="value"/>: 1 for 0, at most 20.</summary>
    public static int DecimalDigits(ulong value)
    {
        if (value >= TenTo16) return 16 + DigitsBelow1E8((uint)(value / TenTo16));
        return value >= TenTo8 ? 8 + DigitsBelow1E8((uint)(value / TenTo8)) : DigitsBelow1E8((uint)value);
    }

    /// <summary>Formats an unsigned number in decimal.</summary>
    public static int Unsigned(Span<byte> destination, ulong value)
    {
        ref byte to = ref MemoryMarshal.GetReference(destination);
        if (value < 100) return Tiny(ref to, destination.Length, (uint)value);
        if (value < TenTo8) return Small(ref to, destination.Length, (uint)value);
        int count = 0;
        if (value >= TenTo16)
        {
            ulong top = value / TenTo16;
            value -= top * TenTo16;
            count = WriteLeading(ref to, destination.Length, EightDigits.Digits((uint)top), 16);
            if (count == 0) return 0;
        }
        ulong high = value / TenTo8, upper, lower;
        uint low = (uint)(value - high * TenTo8);
        if (SixteenDigitsSsse3.IsSupported)
        {
            upper = SixteenDigitsSsse3.Of(high, low, out lower);
        }
        else
        {
            upper = EightDigits.Digits((uint)high);
            lower = EightDigits.Digits(low);
        }
        if (count == 0)
        {
            count = WriteLeading(ref to, destination.Length, upper, 8);
            if (count == 0) return 0;
        }
        else
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, count), EightDigits.AsText(upper));
            count += 8;
        }
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, count), EightDigits.AsText(lower));
        return count + 8;
    }

    /// <summary>Formats a signed number in decimal, with a '-' if it is negative.</summary>
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
    /// Formats a number in lower-case hexadecimal without a prefix, with leading zeros up to at least <paramref
    /// name="digits"/> digits (0 counts as 1).
    /// </summary>
    public static int Hex(Span<byte> destination, ulong value, int digits)
    {
        int needed = (67 - BitOperations.LeadingZeroCount(value | 1)) >> 2;
        int length = Math.Max(needed, digits);
        if (length > destination.Length) return 0;
        int zeros = length - 16;
        if (zeros > 0)
        {
            destination.Slice(0, zeros).Fill((byte)'0');
            destination = destination.Slice(zeros);
            length = 16;
        }
        ref byte to = ref MemoryMarshal.GetReference(destination);
        ulong low = EightHexDigits.Text((uint)value);
        if (length <= 8)
        {
            WriteExactly(ref to, low, length);
        }
        else
        {
            WriteExactly(ref to, EightHexDigits.Text((uint)(value >> 32)), length - 8);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 8), low);
        }
        return zeros > 0 ? zeros + 16 : length;
    }

    // The number of digits of a number below 10^8: 1 for 0.
    private static int DigitsBelow1E8(uint value) => Significant(EightDigits.Digits(value));

    // The number of the eight digits without leading zeros; at least 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Significant(ulong digits) => 8 - (BitOperations.TrailingZeroCount(digits | 1UL << 56) >> 3);

    // Writes the leading digits, a number from 1 to 10^8 − 1, before 8 or 16 others. Returns their count, or 0 if the
    // whole text does not fit. May write beyond these digits, where the others go afterwards.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteLeading(ref byte to, int capacity, ulong digits, int others)
    {
        int count = Significant(digits);
        if (count + others > capacity) return 0;
        Unsafe.WriteUnaligned(ref to, EightDigits.AsText(digits) >> (8 * (8 - count)));
        return count;
    }

    // Writes a number below 100, and nothing after it. ⌊x / 10⌋ = ⌊x · 103 / 2^10⌋ for x < 100.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Tiny(ref byte to, int capacity, uint value)
    {
        int count = value < 10 ? 1 : 2;
        if (count > capacity) return 0;
        uint tens = (value * 103) >> 10;
        uint last = '0' + value - 10 * tens;
        if (count == 1) to = (byte)last;
        else Unsafe.WriteUnaligned(ref to, (ushort)('0' + tens | last << 8));
        return count;
    }

    // Writes a number from 100 to 10^8 − 1, and nothing after it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Small(ref byte to, int capacity, uint value)
    {
        ulong digits = EightDigits.Digits(value);
        int count = Significant(digits);
        if (count > capacity) return 0;
        WriteExactly(ref to, EightDigits.AsText(digits), count);
        return count;
    }

    // Writes the last 1 to 8 bytes of a word, and nothing after them: two stores that may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteExactly(ref byte to, ulong text, int count)
    {
        text >>= 8 * (8 - count);
        if (count >= 4)
        {
            Unsafe.WriteUnaligned(ref to, (uint)text);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, count - 4), (uint)(text >> (8 * (count - 4))));
            return;
        }
        // With one byte, all three are that byte; with two, the last two stores are both the second; with three, all
        // are different.
        to = (byte)text;
        Unsafe.Add(ref to, count >> 1) = (byte)(text >> (8 * (count >> 1)));
        Unsafe.Add(ref to, count - 1) = (byte)(text >> (8 * (count - 1)));
    }
}
