using System.Numerics;

namespace NoDeps.Primitives;

/// <summary>
/// Eight hexadecimal digits of a text in one 64-bit word (SIMD within a register), as <see cref="EightDigits"/> for
/// decimal ones: the first byte of the text is the lowest of the word.
/// </summary>
public static class EightHexDigits
{
    private const ulong Ones = 0x0101010101010101;
    private const ulong Highs = 0x8080808080808080;
    private const ulong LowerCase = 0x2020202020202020;

    /// <summary>
    /// The number of hexadecimal digits, in either case, from 0 to 8, before the first byte that is not one.
    /// </summary>
    public static int Count(ulong bytes)
    {
        // '0' to '9' are 0x30 to 0x39, and 'a' to 'f' are 0x61 to 0x66. A sum carries out of a byte only if the byte is
        // at least 0x80, which is not a digit. The carry affects only bytes above the first mark, and only the first
        // mark counts.
        ulong asDecimal = bytes ^ (0x30 * Ones);
        ulong notDecimal = asDecimal + (0x80 - 10) * Ones;
        ulong asLetter = (bytes | LowerCase) ^ (0x60 * Ones);
        ulong afterF = asLetter + (0x80 - 7) * Ones;
        ulong fromA = asLetter + (0x80 - 1) * Ones;
        ulong others = (bytes | (notDecimal & (afterF | ~fromA))) & Highs;
        return BitOperations.TrailingZeroCount(others) >> 3;
    }

    /// <summary>The value of the first <paramref name="count"/> digits, from 1 to 8.</summary>
    public static uint Value(ulong bytes, int count)
    {
        // Bit 6 distinguishes letters, whose low four bits are 1 to 6, from decimal digits.
        ulong letters = (bytes >> 6) & Ones;
        ulong digits = (bytes & (0x0F * Ones)) + 9 * letters;
        digits <<= 8 * (8 - count);
        ulong pairs = ((digits * (1 + (16 << 8))) >> 8) & 0x00FF00FF00FF00FF;
        ulong fours = ((pairs * (1 + (256 << 16))) >> 16) & 0x0000FFFF0000FFFF;
        return (uint)((fours * (1 + (65536UL << 32))) >> 32);
    }

    /// <summary>The eight digits of a number, in lower case, with leading zeros.</summary>
    public static ulong Text(uint number)
    {
        // Split each lane in two, the upper half into the lower lane, three times: one digit per byte remains.
        ulong fours = (number >> 16) | ((ulong)(number & 0xFFFF) << 32);
        ulong pairs = ((fours >> 8) & 0x000000FF000000FF) | ((fours & 0x000000FF000000FF) << 16);
        ulong digits = ((pairs >> 4) & 0x000F000F000F000F) | ((pairs & 0x000F000F000F000F) << 8);
        ulong letters = ((digits + 6 * Ones) >> 4) & Ones;
        return digits + 0x30 * Ones + ('a' - '9' - 1) * letters;
    }
}
