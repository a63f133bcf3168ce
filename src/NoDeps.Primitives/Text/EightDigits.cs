using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Eight decimal digits of a text in one 64-bit word (SIMD within a register). The first byte of the text is the lowest of
/// the word, as x86-64 loads it.
/// </summary>
/// <remarks>
/// The digits are combined in three steps: digits into pairs, pairs into fours, fours into one number, each for all lanes
/// at once. Of two adjacent n-bit lanes, the lower comes first in the text, so it is worth b = 10, 100 or 10,000 times the
/// upper. Multiplying by 1 + b · 2^n leaves b · lower + upper in the upper lane. No lane overflows: 99 fits in 8 bits, 9999
/// in 16, 99999999 in 32. Source: Lemire, "Number parsing at a gigabyte per second" (2021).
/// </remarks>
public static class EightDigits
{
    private const ulong Highs = 0x8080808080808080;
    private const ulong AsciiZeros = 0x3030303030303030;

    // x + 0x76 sets the high bit of a byte for 10 ≤ x < 138, and carries out of the byte only for larger x.
    private const ulong AboveNine = 0x7676767676767676;

    private static ReadOnlySpan<ulong> Powers => [1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000];

    /// <summary>10^<paramref name="count"/>, for a count from 0 to 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Power(int count) => Unsafe.Add(ref MemoryMarshal.GetReference(Powers), count);

    /// <summary>
    /// Eight bytes of a text, starting at <paramref name="at"/>; 0 for bytes after its end. Reads nothing outside the
    /// text.
    /// </summary>
    /// <param name="text">The first byte of the text.</param>
    /// <param name="at">From 0 to <paramref name="length"/>.</param>
    /// <param name="length">The length of the text, at least 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(ref byte text, int at, int length)
    {
        // Near the end, load the last eight bytes and shift them down. Two shifts, since the processor takes a shift by
        // 64 as one by 0.
        int over = at + 8 - length;
        if (over <= 0) return Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));
        return (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, length - 8)) >> (8 * (over - 1))) >> 8;
    }

    /// <summary>A text of fewer than eight bytes as one word; 0 for bytes after its end.</summary>
    public static ulong LoadShort(ReadOnlySpan<byte> text)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        int length = text.Length;
        if (length >= 4)
        {
            ulong low = Unsafe.ReadUnaligned<uint>(ref first);
            ulong high = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, length - 4));
            return low | high << (8 * (length - 4));
        }
        if (length == 0) return 0;
        // With one byte, all three are that byte; with two, middle and last are both the second; with three, all are
        // different.
        ulong middle = Unsafe.Add(ref first, length >> 1);
        ulong last = Unsafe.Add(ref first, length - 1);
        return first | middle << (8 * (length >> 1)) | last << (8 * (length - 1));
    }

    /// <summary>The number of digits, from 0 to 8, before the first byte that is not a digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ulong bytes)
    {
        // The carry of a byte that is not a digit may cause false marks in the bytes above it. Only the lowest mark
        // counts.
        ulong values = bytes ^ AsciiZeros;
        ulong others = ((values + AboveNine) | values) & Highs;
        return BitOperations.TrailingZeroCount(others) >> 3;
    }

    /// <summary>The value of eight digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Value(ulong bytes) => Join(bytes ^ AsciiZeros);

    /// <summary>The value of the first <paramref name="count"/> digits, from 0 to 7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Value(ulong bytes, int count)
    {
        // Shift up until the last digit is in the highest byte; the zeros that enter below act as leading zeros. Two
        // shifts, since the processor takes a shift by 64 as one by 0.
        return Join(((bytes ^ AsciiZeros) << (8 * (7 - count))) << 8);
    }

    /// <summary>As <see cref="Count(ulong)"/>, for four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(uint bytes)
    {
        uint values = bytes ^ unchecked((uint)AsciiZeros);
        return BitOperations.TrailingZeroCount(((values + unchecked((uint)AboveNine)) | values) & unchecked((uint)Highs)) >> 3;
    }

    /// <summary>As <see cref="Value(ulong, int)"/>, for the first 1 to 4 of four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Value(uint bytes, int count)
    {
        uint digits = (bytes ^ unchecked((uint)AsciiZeros)) << (8 * (4 - count));
        uint pairs = ((digits * (1 + (10 << 8))) >> 8) & 0x00FF00FF;
        return (pairs * (1 + (100 << 16))) >> 16;
    }

    /// <summary>
    /// The eight digits of a number below 10^8, with leading zeros, as text: the inverse of <see cref="Value(ulong)"/>.
    /// </summary>
    public static ulong Text(uint number) => AsText(Digits(number));

    /// <summary>Converts digits, one per byte, to text.</summary>
    public static ulong AsText(ulong digits) => digits | AsciiZeros;

    /// <summary>The eight digits of a number below 10^8, one per byte, the first in the lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Digits(uint number)
    {
        // Divide by multiplying with rounded-up reciprocals, which are exact in the ranges that occur:
        // ⌊x / 10^4⌋ = ⌊x · 109951163 / 2^40⌋ for x < 10^8; ⌊x / 100⌋ = ⌊x · 10486 / 2^20⌋ for x < 10^4;
        // ⌊x / 10⌋ = ⌊x · 103 / 2^10⌋ for x < 100. Each step moves the remainders into the next higher lanes.
        ulong high = (number * 109951163UL) >> 40;
        ulong fours = high | ((number - 10000 * high) << 32);
        ulong hundreds = ((fours * 10486) >> 20) & 0x0000007F0000007F;
        ulong pairs = hundreds | ((fours - 100 * hundreds) << 16);
        ulong tens = ((pairs * 103) >> 10) & 0x000F000F000F000F;
        return tens | ((pairs - 10 * tens) << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Join(ulong digits)
    {
        ulong pairs = ((digits * (1 + (10 << 8))) >> 8) & 0x00FF00FF00FF00FF;
        ulong fours = ((pairs * (1 + (100 << 16))) >> 16) & 0x0000FFFF0000FFFF;
        return (uint)((fours * (1 + (10000UL << 32))) >> 32);
    }
}
