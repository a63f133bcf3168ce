namespace NoDeps.Primitives;

/// <summary>
/// The scratch memory of <see cref="Deflate"/>: about 170 KB that the caller lends, so that encoding allocates nothing.
/// May live anywhere, needs no initialization, and holds nothing between calls.
/// </summary>
public unsafe struct DeflateTables
{
    /// <summary>A block ends after so many literals and matches.</summary>
    internal const int MaxTokens = 1 << 15;

    /// <summary>Literals, the end of the block and lengths that a block may use.</summary>
    internal const int LiteralSymbols = 286;
    /// <summary>Distance symbols that a block may use.</summary>
    internal const int DistanceSymbols = 30;
    /// <summary>Symbols of the code that code lengths are written in.</summary>
    internal const int CodeLengthSymbols = 19;
    /// <summary>Longest match, RFC 1951 section 3.2.5.</summary>
    internal const int MaxMatchLength = 258;

    /// <summary>Log2 of the number of hashes.</summary>
    internal const int HashBits = 14;

    /// <summary>
    /// The lowest 16 bits of the last position of each hash: enough for a distance, as what lies there is compared.
    /// </summary>
    internal fixed ushort Positions[1 << HashBits];

    /// <summary>A literal is its byte; a match is distance times 2^16 plus length.</summary>
    internal fixed uint Tokens[MaxTokens];

    internal fixed uint LiteralCounts[LiteralSymbols];
    internal fixed uint DistanceCounts[DistanceSymbols];
    internal fixed uint CodeLengthCounts[CodeLengthSymbols];

    /// <summary>Code lengths: of the literals, and of the distances right after those that are sent.</summary>
    internal fixed byte Lengths[LiteralSymbols + DistanceSymbols];
    internal fixed byte FixedLengths[288];
    internal fixed byte CodeLengthLengths[CodeLengthSymbols];

    /// <summary>Codes as <see cref="HuffmanCode"/> makes them: reversed bits, and their number from bit 16 on.</summary>
    internal fixed uint LiteralCodes[288];
    internal fixed uint DistanceCodes[32];
    internal fixed uint CodeLengthCodes[CodeLengthSymbols];

    /// <summary>By length of a match: code and extra bits together, and their number from bit 24 on.</summary>
    internal fixed uint MatchCodes[MaxMatchLength + 1];

    /// <summary>The code lengths as they are sent: symbols, and their extra bits from bit 8 on.</summary>
    internal fixed ushort Repetitions[LiteralSymbols + DistanceSymbols];

    /// <summary>For <see cref="HuffmanCode"/>.</summary>
    internal fixed uint Sorted[288];
}
