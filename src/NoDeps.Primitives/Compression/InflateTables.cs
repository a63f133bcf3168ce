using System;

namespace NoDeps.Primitives;

/// <summary>
/// The decoding tables of <see cref="Inflate"/>: about 13 KB provided by the caller, so that decoding allocates nothing.
/// They need no initialization and keep nothing between calls.
/// </summary>
/// <remarks>
/// A table is indexed by the next bits of the stream. Its entries are 32-bit:
/// <code>
/// literal       bits 0–5    code length
///               bits 16–23  the byte
///               bit 31      set
/// length        bits 0–5    0, so that a step meant for literals consumes no bits
///               bits 8–12   code length plus number of extra bits
///               bits 16–24  base
///               bits 25–28  code length
/// distance or   bits 0–5    code length plus number of extra bits
/// code length   bits 8–11   code length
///               bits 16–30  base, or the code length symbol
/// special       bit 15      set
///               bit 14      subtable: bits 8–11 are the number of index bits, bits 16–30 its first entry
///               bit 13      end of block: bits 8–11 are the code length
///               neither     invalid code: bits 8–11 (0–5 for a distance) are the code length
/// </code>
/// </remarks>
public unsafe struct InflateTables
{
    /// <summary>
    /// The number of index bits of the first-level literal/length table; longer codes continue in a subtable.
    /// </summary>
    internal const int LiteralBits = 11;
    /// <summary>The number of index bits of the first-level distance table.</summary>
    internal const int DistanceBits = 9;
    /// <summary>The number of index bits of the code length table, which needs no subtables.</summary>
    internal const int CodeLengthBits = 7;

    // The maximum number of entries for any complete code of at most 15 bits, as computed by zlib's examples/enough.c:
    // 288 symbols with an 11-bit first level, and 30 symbols with a 9-bit one. BuildSubtables never exceeds them.
    private const int LiteralEntries = 2342;
    private const int DistanceEntries = 592;
    /// <summary>286 literal/length codes and 30 distance codes; the fixed codes have 288 and 32.</summary>
    private const int MaxSymbols = 320;
    private const int MaxCodeBits = 15;

    internal const uint Literal = 0x8000_0000;
    internal const uint Special = 0x8000;
    internal const uint Subtable = 0x4000;
    internal const uint EndOfBlock = 0x2000;

    internal fixed uint Literals[LiteralEntries];
    internal fixed uint Distances[DistanceEntries];
    internal fixed uint CodeLengths[1 << CodeLengthBits];
    internal fixed byte Lengths[MaxSymbols];
    private fixed ushort _sorted[MaxSymbols];
    private fixed int _count[MaxCodeBits + 1];

    /// <summary>The base lengths of the symbols from 257 up, RFC 1951, section 3.2.5.</summary>
    private static ReadOnlySpan<ushort> LengthBase =>
    [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31,
        35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
    ];

    private static ReadOnlySpan<byte> LengthExtra =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistanceBase =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769,
        1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ];

    /// <summary>The minimum match length of a symbol from 257 up; 259 after the last symbol.</summary>
    public static int MinLengthOf(int symbol) => symbol - 257 < LengthBase.Length ? LengthBase[symbol - 257] : 259;

    /// <summary>The minimum distance of a distance symbol; 32769 after the last symbol.</summary>
    public static int MinDistanceOf(int symbol) => symbol < DistanceBase.Length ? DistanceBase[symbol] : 32769;

    /// <summary>Builds the tables of the fixed codes of RFC 1951, section 3.2.6.</summary>
    internal InflateError BuildFixed()
    {
        fixed (byte* lengths = Lengths)
        {
            for (int i = 0; i < 288; i++) lengths[i] = (byte)(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
            for (int i = 288; i < MaxSymbols; i++) lengths[i] = 5;
        }
        InflateError error = BuildLiterals(0, 288);
        return error != InflateError.None ? error : BuildDistances(288, 32);
    }

    /// <summary>
    /// Builds the literal/length table from the lengths at <paramref name="first"/>. Requires a code for end-of-block.
    /// </summary>
    internal InflateError BuildLiterals(int first, int symbols)
    {
        if (Lengths[first + 256] == 0) return InflateError.NoEndOfBlock;
        fixed (uint* table = Literals)
            return Build(Alphabet.Literals, first, symbols, table, LiteralBits, LiteralEntries)
                ? InflateError.None
                : InflateError.BadLiteralCode;
    }

    /// <summary>
    /// Builds the distance table from the lengths at <paramref name="first"/>. As in zlib, a code without any symbol is
    /// valid.
    /// </summary>
    internal InflateError BuildDistances(int first, int symbols)
    {
        fixed (uint* table = Distances)
            return Build(Alphabet.Distances, first, symbols, table, DistanceBits, DistanceEntries)
                ? InflateError.None
                : InflateError.BadDistanceCode;
    }

    /// <summary>Builds the code length table from the first 19 lengths, in symbol order.</summary>
    internal InflateError BuildCodeLengths()
    {
        fixed (uint* table = CodeLengths)
            return Build(Alphabet.CodeLengths, 0, 19, table, CodeLengthBits, 1 << CodeLengthBits)
                ? InflateError.None
                : InflateError.BadCodeLengthCode;
    }

    private enum Alphabet
    {
        CodeLengths,
        Literals,
        Distances,
    }

    private static uint Entry(Alphabet alphabet, int symbol, int length)
    {
        if (alphabet == Alphabet.Literals)
        {
            if (symbol < 256) return (uint)(length | (symbol << 16)) | Literal;
            if (symbol == 256) return (uint)(length << 8) | Special | EndOfBlock;
            symbol -= 257;
            if (symbol >= LengthBase.Length) return (uint)(length << 8) | Special;
            return (uint)(((length + LengthExtra[symbol]) << 8) | (LengthBase[symbol] << 16) | (length << 25));
        }
        uint plain = (uint)(length | (length << 8));
        if (alphabet == Alphabet.CodeLengths) return plain | ((uint)symbol << 16);
        if (symbol >= DistanceBase.Length) return plain | Special;
        int extra = symbol < 4 ? 0 : (symbol >> 1) - 1;
        return (plain + (uint)extra) | ((uint)DistanceBase[symbol] << 16);
    }

    /// <summary>
    /// Fills a table from code lengths (RFC 1951, section 3.2.2). Returns false if the lengths are not those of a
    /// complete prefix code. As in zlib, two incomplete codes are accepted: a single code of one bit, and, for
    /// distances, no code at all.
    /// </summary>
    /// <remarks>
    /// Codes are kept bit-reversed, as they arrive in the stream. The table for codes of up to n bits is two copies of
    /// the table for up to n − 1 bits, with the codes of n bits entered. So the table grows by copying, and each code
    /// is written once.
    /// </remarks>
    private bool Build(Alphabet alphabet, int first, int symbols, uint* table, int tableBits, int capacity)
    {
        fixed (byte* allLengths = Lengths)
        fixed (ushort* sorted = _sorted)
        fixed (int* count = _count)
        {
            byte* lengths = allLengths + first;
            int maxLength = Sort(lengths, symbols, sorted, count);
            if (maxLength < 0) return false;
            int space = 1 << maxLength;
            for (int length = 1; length <= maxLength; length++) space -= count[length] << (maxLength - length);
            if (space != 0)
            {
                if (alphabet == Alphabet.CodeLengths || maxLength > 1) return false;
                uint invalid = Special | (alphabet == Alphabet.Literals ? 0x0100u : 0x0101u);
                for (int i = 0; i < 1 << tableBits; i++) table[i] = invalid;
            }

            uint code = 0;
            int next = 0;
            int size = 1;
            for (int length = 1; length <= tableBits; length++, size <<= 1)
            {
                for (int i = 0; i < size; i++) table[size + i] = table[i];
                for (int i = count[length]; i > 0; i--)
                {
                    table[code] = Entry(alphabet, sorted[next++], length);
                    code = NextCode(code, length);
                }
            }
            return maxLength <= tableBits
                || BuildSubtables(alphabet, code, sorted + next, count, maxLength, table, tableBits, capacity);
        }
    }

    /// <summary>
    /// Sorts the symbols by code length, then by number, and counts the codes of each length. Returns the maximum
    /// length, or −1 if the code is over-subscribed.
    /// </summary>
    private static int Sort(byte* lengths, int symbols, ushort* sorted, int* count)
    {
        for (int length = 0; length <= MaxCodeBits; length++) count[length] = 0;
        for (int i = 0; i < symbols; i++) count[lengths[i]]++;
        int maxLength = MaxCodeBits;
        while (maxLength > 0 && count[maxLength] == 0) maxLength--;

        int* at = stackalloc int[MaxCodeBits + 1];
        int sum = 0;
        int space = 1;
        for (int length = 1; length <= MaxCodeBits; length++)
        {
            at[length] = sum;
            sum += count[length];
            space = (space << 1) - count[length];
            if (space < 0) return -1;
        }
        for (int i = 0; i < symbols; i++)
            if (lengths[i] != 0) sorted[at[lengths[i]]++] = (ushort)i;
        return maxLength;
    }

    /// <summary>
    /// Enters the codes that are longer than the first-level index: one subtable for each group of codes with a common
    /// prefix.
    /// </summary>
    private static bool BuildSubtables(Alphabet alphabet, uint code, ushort* sorted, int* count, int maxLength, uint* table,
        int tableBits, int capacity)
    {
        int end = 1 << tableBits;
        uint mask = (uint)end - 1;
        uint prefix = uint.MaxValue;
        uint* subtable = table;
        int bits = 0;
        for (int length = tableBits + 1; length <= maxLength; length++)
        {
            for (; count[length] > 0; count[length]--)
            {
                if ((code & mask) != prefix)
                {
                    prefix = code & mask;
                    bits = length - tableBits;
                    int space = (1 << bits) - count[length];
                    while (space > 0 && tableBits + bits < maxLength)
                    {
                        bits++;
                        space = (space << 1) - count[tableBits + bits];
                    }
                    if (end + (1 << bits) > capacity) return false;
                    table[prefix] = Special | Subtable | ((uint)bits << 8) | ((uint)end << 16);
                    subtable = table + end;
                    end += 1 << bits;
                }
                uint entry = Entry(alphabet, *sorted++, length);
                for (uint i = code >> tableBits; i < 1u << bits; i += 1u << (length - tableBits)) subtable[i] = entry;
                code = NextCode(code, length);
            }
        }
        return true;
    }

    /// <summary>
    /// The next code of the same length: bit-reversed, so the increment carries downward from the last bit of the code.
    /// </summary>
    private static uint NextCode(uint code, int length)
    {
        uint bit = 1u << (length - 1);
        while ((code & bit) != 0) bit >>= 1;
        return (code & (bit - 1)) | bit;
    }
}
