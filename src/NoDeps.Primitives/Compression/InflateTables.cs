using System;

namespace NoDeps.Primitives;

/// <summary>
/// The decoding tables of <see cref="Inflate"/>: about 13 KB that the caller lends, so that decoding allocates nothing.
/// May live anywhere, needs no initialization, and holds nothing between calls.
/// </summary>
/// <remarks>
/// A table is indexed by the next bits of the stream and gives one 32-bit entry:
/// <code>
/// literal     bits 0–5    how many bits the code takes
///             bits 16–23  the byte
///             bit 31      set
/// length      bits 0–5    0, so that a step that is meant for literals leaves all bits
///             bits 8–12   how many bits the symbol takes in all: code and extra bits
///             bits 16–24  the base
///             bits 25–28  how many of the bits are the code
/// distance    bits 0–5    how many bits the symbol takes in all: code and extra bits
/// and code    bits 8–11   how many of these are the code
/// length      bits 16–30  the base, or the code length symbol
/// special     bit 15      set
///             bit 14      go on in a second table: bits 8–11 say how many bits index it, 16–30 where it starts
///             bit 13      end of block: bits 8–11 say how many bits the code takes
///             neither     a code that means nothing: bits 8–11 (0–5 for a distance) say how many bits it takes
/// </code>
/// </remarks>
public unsafe struct InflateTables
{
    /// <summary>Bits that index the first literal and length table; longer codes go on in a second one.</summary>
    internal const int LiteralBits = 11;
    /// <summary>Bits that index the first distance table.</summary>
    internal const int DistanceBits = 9;
    /// <summary>Bits that index the table of code length codes: all of them.</summary>
    internal const int CodeLengthBits = 7;

    // The most entries that any complete code of that many symbols and at most 15 bits can need, counted by zlib's
    // examples/enough.c for 288 symbols and 11 bits, 30 and 9. FillSecond never goes beyond them.
    private const int LiteralEntries = 2342;
    private const int DistanceEntries = 592;
    /// <summary>286 literal and length codes and 30 distance codes; the fixed code has 288 and 32.</summary>
    private const int MaxSymbols = 320;
    private const int MaxCodeBits = 15;

    internal const uint Literal = 0x8000_0000;
    internal const uint Special = 0x8000;
    internal const uint SecondTable = 0x4000;
    internal const uint EndOfBlock = 0x2000;

    internal fixed uint Literals[LiteralEntries];
    internal fixed uint Distances[DistanceEntries];
    internal fixed uint CodeLengths[1 << CodeLengthBits];
    internal fixed byte Lengths[MaxSymbols];
    private fixed ushort _sorted[MaxSymbols];
    private fixed int _count[MaxCodeBits + 1];

    /// <summary>Base lengths of the symbols from 257 on, RFC 1951 section 3.2.5.</summary>
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

    /// <summary>The least match length of a symbol from 257 on; 259 after the last.</summary>
    public static int LengthFrom(int symbol) => symbol - 257 < LengthBase.Length ? LengthBase[symbol - 257] : 259;

    /// <summary>The least distance of a distance symbol; 32769 after the last.</summary>
    public static int DistanceFrom(int symbol) => symbol < DistanceBase.Length ? DistanceBase[symbol] : 32769;

    /// <summary>Sets up the fixed code of RFC 1951 section 3.2.6.</summary>
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

    /// <summary>From the lengths at <paramref name="first"/>; needs a code for the end of the block.</summary>
    internal InflateError BuildLiterals(int first, int symbols)
    {
        if (Lengths[first + 256] == 0) return InflateError.NoEndOfBlock;
        fixed (uint* table = Literals)
            return Build(Alphabet.Literals, first, symbols, table, LiteralBits, LiteralEntries)
                ? InflateError.None
                : InflateError.BadLiteralCode;
    }

    /// <summary>From the lengths at <paramref name="first"/>; no distance code at all is allowed, as in zlib.</summary>
    internal InflateError BuildDistances(int first, int symbols)
    {
        fixed (uint* table = Distances)
            return Build(Alphabet.Distances, first, symbols, table, DistanceBits, DistanceEntries)
                ? InflateError.None
                : InflateError.BadDistanceCode;
    }

    /// <summary>From the first 19 lengths, by symbol.</summary>
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
    /// Fills a table from code lengths (RFC 1951 section 3.2.2). False when they are no complete prefix code; of the
    /// incomplete ones a single code of one bit passes, and for distances none at all, as in zlib.
    /// </summary>
    /// <remarks>
    /// Codes are kept bit-reversed, as the stream delivers them. The table of n bits is that of n − 1 bits, twice, with
    /// the codes of n bits added: so it grows by copying, and each code is written once.
    /// </remarks>
    private bool Build(Alphabet alphabet, int first, int symbols, uint* table, int tableBits, int capacity)
    {
        fixed (byte* allLengths = Lengths)
        fixed (ushort* sorted = _sorted)
        fixed (int* count = _count)
        {
            byte* lengths = allLengths + first;
            int longest = Sort(lengths, symbols, sorted, count);
            if (longest < 0) return false;
            int space = 1 << longest;
            for (int length = 1; length <= longest; length++) space -= count[length] << (longest - length);
            if (space != 0)
            {
                if (alphabet == Alphabet.CodeLengths || longest > 1) return false;
                uint meaningless = Special | (alphabet == Alphabet.Literals ? 0x0100u : 0x0101u);
                for (int i = 0; i < 1 << tableBits; i++) table[i] = meaningless;
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
                    code = Following(code, length);
                }
            }
            return longest <= tableBits
                || FillSecond(alphabet, code, sorted + next, count, longest, table, tableBits, capacity);
        }
    }

    /// <summary>
    /// Symbols by code length, then by number, and how many have each length. The longest length; −1 when the code is
    /// over-subscribed.
    /// </summary>
    private static int Sort(byte* lengths, int symbols, ushort* sorted, int* count)
    {
        for (int length = 0; length <= MaxCodeBits; length++) count[length] = 0;
        for (int i = 0; i < symbols; i++) count[lengths[i]]++;
        int longest = MaxCodeBits;
        while (longest > 0 && count[longest] == 0) longest--;

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
        return longest;
    }

    /// <summary>The codes longer than the first table's index: a table for each group that begins alike.</summary>
    private static bool FillSecond(Alphabet alphabet, uint code, ushort* sorted, int* count, int longest, uint* table,
        int tableBits, int capacity)
    {
        int end = 1 << tableBits;
        uint mask = (uint)end - 1;
        uint prefix = uint.MaxValue;
        uint* second = table;
        int bits = 0;
        for (int length = tableBits + 1; length <= longest; length++)
        {
            for (; count[length] > 0; count[length]--)
            {
                if ((code & mask) != prefix)
                {
                    prefix = code & mask;
                    bits = length - tableBits;
                    int space = (1 << bits) - count[length];
                    while (space > 0 && tableBits + bits < longest)
                    {
                        bits++;
                        space = (space << 1) - count[tableBits + bits];
                    }
                    if (end + (1 << bits) > capacity) return false;
                    table[prefix] = Special | SecondTable | ((uint)bits << 8) | ((uint)end << 16);
                    second = table + end;
                    end += 1 << bits;
                }
                uint entry = Entry(alphabet, *sorted++, length);
                for (uint i = code >> tableBits; i < 1u << bits; i += 1u << (length - tableBits)) second[i] = entry;
                code = Following(code, length);
            }
        }
        return true;
    }

    /// <summary>The next code of that length: one more, counted from the last bit, since codes are reversed.</summary>
    private static uint Following(uint code, int length)
    {
        uint bit = 1u << (length - 1);
        while ((code & bit) != 0) bit >>= 1;
        return (code & (bit - 1)) | bit;
    }
}
