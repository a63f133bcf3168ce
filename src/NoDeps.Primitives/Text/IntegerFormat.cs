using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Integers to decimal and hexadecimal text, equal to .NET's invariant ToString() and ToString("x"). Every function
/// returns how many bytes it wrote from the start of its destination; 0 when the text does not fit, and then nothing is
/// written. Numbers of 32 bits go by widening.
/// </summary>
/// <remarks>
/// Eight digits a step, by multiplication (<see cref="EightDigits.Digits"/>), or sixteen: no table, no division, and the
/// steps do not wait for one another. <see cref="IntegerFormatScalar"/> is the readable form.
/// </remarks>
public static class IntegerFormat
{
    /// <summary>The longest decimal text of a <see cref="long"/> or <see cref="ulong"/>, in bytes.</summary>
    public const int MaxDecimalLength = 20;

    private const uint TenTo8 = 100000000;
    private const ulong TenTo16 = 10000000000000000;

    /// <summary>How many decimal digits <paramref name="value"/> has: 1 for 0, at most 20.</summary>
    public static int DecimalDigits(ulong value)
    {
        if (value >= TenTo16) return 16 + FewDigits((uint)(value / TenTo16));
        return value >= TenTo8 ? 8 + FewDigits((uint)(value / TenTo8)) : FewDigits((uint)value);
    }

    /// <summary>Decimal text of an unsigned number.</summary>
    public static int Unsigned(Span<byte> destination, ulong value)
    {
        ref byte to = ref MemoryMarshal.GetReference(destination);
        if (value < 100) return Tiny(ref to, destination.Length, (uint)value);
        if (value < TenTo8) return Few(ref to, destination.Length, (uint)value);
        int count = 0;
        if (value >= TenTo16)
        {
            ulong top = value / TenTo16;
            value -= top * TenTo16;
            count = First(ref to, destination.Length, EightDigits.Digits((uint)top), 16);
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
            count = First(ref to, destination.Length, upper, 8);
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
            Write(ref to, low, length);
        }
        else
        {
            Write(ref to, EightHexDigits.Text((uint)(value >> 32)), length - 8);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 8), low);
        }
        return zeros > 0 ? zeros + 16 : length;
    }

    // How many digits a number below 10^8 has: 1 for 0.
    private static int FewDigits(uint value) => Significant(EightDigits.Digits(value));

    // How many of eight digits are left without the zeros in front; the last one always counts.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Significant(ulong digits) => 8 - (BitOperations.TrailingZeroCount(digits | 1UL << 56) >> 3);

    // Writes the digits in front of 8 or 16 others, of a number from 1 to 10^8 − 1; returns how many. 0 where all together
    // do not fit. What the store leaves behind these is where the others go.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int First(ref byte to, int room, ulong digits, int others)
    {
        int count = Significant(digits);
        if (count + others > room) return 0;
        Unsafe.WriteUnaligned(ref to, EightDigits.AsText(digits) >> (8 * (8 - count)));
        return count;
    }

    // A number below 100 and nothing behind it; ⌊x / 10⌋ = ⌊x · 103 / 2^10⌋ for x < 100.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Tiny(ref byte to, int room, uint value)
    {
        int count = value < 10 ? 1 : 2;
        if (count > room) return 0;
        uint tens = (value * 103) >> 10;
        uint last = '0' + value - 10 * tens;
        if (count == 1) to = (byte)last;
        else Unsafe.WriteUnaligned(ref to, (ushort)('0' + tens | last << 8));
        return count;
    }

    // A number from 100 to 10^8 − 1 and nothing behind it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Few(ref byte to, int room, uint value)
    {
        ulong digits = EightDigits.Digits(value);
        int count = Significant(digits);
        if (count > room) return 0;
        Write(ref to, EightDigits.AsText(digits), count);
        return count;
    }

    // The last bytes of a word, from 1 to 8 of them, and nothing beyond: two stores that may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref byte to, ulong text, int count)
    {
        text >>= 8 * (8 - count);
        if (count >= 4)
        {
            Unsafe.WriteUnaligned(ref to, (uint)text);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, count - 4), (uint)(text >> (8 * (count - 4))));
            return;
        }
        // Of one byte, all three are the first; of two, the last two are the second; of three, each is one of them.
        to = (byte)text;
        Unsafe.Add(ref to, count >> 1) = (byte)(text >> (8 * (count >> 1)));
        Unsafe.Add(ref to, count - 1) = (byte)(text >> (8 * (count - 1)));
    }
}
