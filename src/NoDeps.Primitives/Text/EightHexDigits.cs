using System.Numerics;

namespace NoDeps.Primitives;

/// <summary>
/// Eight hexadecimal digits of a text in one 64-bit word, SIMD within a register, as <see cref="EightDigits"/> does it
/// for decimal ones: the first byte of the text is the lowest of the word.
/// </summary>
public static class EightHexDigits
{
    private const ulong Ones = 0x0101010101010101;
    private const ulong Highs = 0x8080808080808080;
    private const ulong LowerCase = 0x2020202020202020;

    /// <summary>How many of the eight bytes are digits, in either case, before the first that is none: 0 to 8.</summary>
    public static int Count(ulong bytes)
    {
        // '0' to '9' are 0x30 to 0x39, 'a' to 'f' 0x61 to 0x66. Sums carry out of a byte only from 0x80 on, which is no
        // digit; what they do to the bytes above it is past the first mark, the only one that counts.
        ulong asDecimal = bytes ^ (0x30 * Ones);
        ulong notDecimal = asDecimal + (0x80 - 10) * Ones;
        ulong asLetter = (bytes | LowerCase) ^ (0x60 * Ones);
        ulong afterF = asLetter + (0x80 - 7) * Ones;
        ulong fromA = asLetter + (0x80 - 1) * Ones;
        ulong others = (bytes | (notDecimal & (afterF | ~fromA))) & Highs;
        return BitOperations.TrailingZeroCount(others) >> 3;
    }

    /// <summary>The number that the first <paramref name="count"/> bytes spell, from 1 to 8 of them, all digits.</summary>
    public static uint Value(ulong bytes, int count)
    {
        // Bit 6 tells a letter, whose low four bits are 1 to 6, from a decimal digit.
        ulong letters = (bytes >> 6) & Ones;
        ulong digits = (bytes & (0x0F * Ones)) + 9 * letters;
        digits <<= 8 * (8 - count);
        ulong pairs = ((digits * (1 + (16 << 8))) >> 8) & 0x00FF00FF00FF00FF;
        ulong fours = ((pairs * (1 + (256 << 16))) >> 16) & 0x0000FFFF0000FFFF;
        return (uint)((fours * (1 + (65536UL << 32))) >> 32);
    }

    /// <summary>All eight digits of a number, in lower case, zeros in front included.</summary>
    public static ulong Text(uint number)
    {
        // Halves apart, the upper one into the lower lane, three times, which leaves a digit in each byte.
        ulong fours = (number >> 16) | ((ulong)(number & 0xFFFF) << 32);
        ulong pairs = ((fours >> 8) & 0x000000FF000000FF) | ((fours & 0x000000FF000000FF) << 16);
        ulong digits = ((pairs >> 4) & 0x000F000F000F000F) | ((pairs & 0x000F000F000F000F) << 8);
        ulong letters = ((digits + 6 * Ones) >> 4) & Ones;
        return digits + 0x30 * Ones + ('a' - '9' - 1) * letters;
    }
}
