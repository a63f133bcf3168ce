using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Eight decimal digits of a text in one 64-bit word, SIMD within a register: the first byte of the text is the lowest
/// of the word, as x86-64 loads it. Each step treats all digits, then pairs, then fours, at once: of two neighbors in
/// lanes of n bits, the lower is worth b times the upper, and multiplied by 1 + b · 2^n the upper lane holds
/// b · lower + upper. No lane overflows: 99 fits 8 bits, 9999 fits 16, 99999999 fits 32.
/// </summary>
/// <remarks>Source: Lemire, "Number parsing at a gigabyte per second" (2021), on reading eight digits.</remarks>
public static class EightDigits
{
    private const ulong Highs = 0x8080808080808080;
    private const ulong AsciiZeros = 0x3030303030303030;

    // x + 0x76 reaches the high bit of a byte for 10 ≤ x < 138, and carries out of the byte only above that.
    private const ulong AboveNine = 0x7676767676767676;

    private static ReadOnlySpan<ulong> Powers => [1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000];

    /// <summary>10^<paramref name="count"/> for a count from 0 to 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Power(int count) => Unsafe.Add(ref MemoryMarshal.GetReference(Powers), count);

    /// <summary>
    /// The eight bytes from <paramref name="at"/> on of a text of at least eight bytes; 0 for those after its end.
    /// Nothing outside the text is read.
    /// </summary>
    /// <param name="text">The text's first byte.</param>
    /// <param name="at">From 0 to <paramref name="length"/>.</param>
    /// <param name="length">The text's length, 8 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(ref byte text, int at, int length)
    {
        // Near the end, the last eight bytes, moved down; in two shifts, as a shift by 64 would be one by 0.
        int over = at + 8 - length;
        if (over <= 0) return Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));
        return (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, length - 8)) >> (8 * (over - 1))) >> 8;
    }

    /// <summary>A text of fewer than eight bytes as one word, 0 for those after its end.</summary>
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
        // Of one byte, all three are the first; of two, the last two are the second; of three, each is one of them.
        ulong middle = Unsafe.Add(ref first, length >> 1);
        ulong last = Unsafe.Add(ref first, length - 1);
        return first | middle << (8 * (length >> 1)) | last << (8 * (length - 1));
    }

    /// <summary>How many of the eight bytes are digits before the first that is none: from 0 to 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ulong bytes)
    {
        // Bytes above one that is no digit may be marked wrongly, by its carry; the lowest mark is all that counts.
        ulong values = bytes ^ AsciiZeros;
        ulong others = ((values + AboveNine) | values) & Highs;
        return BitOperations.TrailingZeroCount(others) >> 3;
    }

    /// <summary>The number that eight digits spell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Value(ulong bytes) => Join(bytes ^ AsciiZeros);

    /// <summary>The number that the first <paramref name="count"/> bytes spell, from 0 to 7 of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Value(ulong bytes, int count)
    {
        // Moved up until the last digit is the highest byte: zeros come in below the first. In two shifts, as a shift
        // by 64 would be one by 0.
        return Join(((bytes ^ AsciiZeros) << (8 * (7 - count))) << 8);
    }

    /// <summary>As <see cref="Count(ulong)"/>, of four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(uint bytes)
    {
        uint values = bytes ^ unchecked((uint)AsciiZeros);
        return BitOperations.TrailingZeroCount(((values + unchecked((uint)AboveNine)) | values) & unchecked((uint)Highs)) >> 3;
    }

    /// <summary>As <see cref="Value(ulong, int)"/>, of four bytes; from 1 to 4 of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Value(uint bytes, int count)
    {
        uint digits = (bytes ^ unchecked((uint)AsciiZeros)) << (8 * (4 - count));
        uint pairs = ((digits * (1 + (10 << 8))) >> 8) & 0x00FF00FF;
        return (pairs * (1 + (100 << 16))) >> 16;
    }

    /// <summary>The eight digits of a number below 10^8, zeros in front included; the reverse of Value.</summary>
    public static ulong Text(uint number) => AsText(Digits(number));

    /// <summary>Digits, each in a byte, as text.</summary>
    public static ulong AsText(ulong digits) => digits | AsciiZeros;

    /// <summary>The eight digits of a number below 10^8, each in a byte, the first in the lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Digits(uint number)
    {
        // Quotients by multiplication with a rounded-up reciprocal, exact in the ranges that occur:
        // ⌊x / 10^4⌋ = ⌊x · 109951163 / 2^40⌋ for x < 10^8; ⌊x / 100⌋ = ⌊x · 10486 / 2^20⌋ for x < 10^4;
        // ⌊x / 10⌋ = ⌊x · 103 / 2^10⌋ for x < 100. Each takes what is left of a lane into the lane above it.
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
