namespace NoDeps.Primitives;

/// <summary>
/// The scratch memory of <see cref="Deflate"/>: about 170 KB provided by the caller, so that encoding allocates
/// nothing. Needs no alignment or initialization, and keeps nothing between calls.
/// </summary>
public unsafe struct DeflateTables
{
    /// <summary>The maximum number of literals and matches per block.</summary>
    internal const int MaxTokens = 1 << 15;

    /// <summary>The number of literal, end-of-block and length symbols that a block may use.</summary>
    internal const int LiteralSymbols = 286;
    /// <summary>The number of distance symbols that a block may use.</summary>
    internal const int DistanceSymbols = 30;
    /// <summary>The number of symbols of the code length code.</summary>
    internal const int CodeLengthSymbols = 19;
    /// <summary>The maximum match length, RFC 1951, section 3.2.5.</summary>
    internal const int MaxMatchLength = 258;

    /// <summary>Log2 of the number of hash table entries.</summary>
    internal const int HashBits = 14;

    /// <summary>
    /// The low 16 bits of the last position with each hash. That is enough for a distance, because the bytes at the
    /// resulting position are compared anyway.
    /// </summary>
    internal fixed ushort Positions[1 << HashBits];

    /// <summary>A literal is its byte; a match is its distance times 2^16 plus its length.</summary>
    internal fixed uint Tokens[MaxTokens];

    internal fixed uint LiteralCounts[LiteralSymbols];
    internal fixed uint DistanceCounts[DistanceSymbols];
    internal fixed uint CodeLengthCounts[CodeLengthSymbols];

    /// <summary>Code lengths of the literals that are sent, directly followed by those of the distances.</summary>
    internal fixed byte Lengths[LiteralSymbols + DistanceSymbols];
    internal fixed byte FixedLengths[288];
    internal fixed byte CodeLengthLengths[CodeLengthSymbols];

    /// <summary>Codes as <see cref="HuffmanCode"/> makes them: bit-reversed, with the length from bit 16 up.</summary>
    internal fixed uint LiteralCodes[288];
    internal fixed uint DistanceCodes[32];
    internal fixed uint CodeLengthCodes[CodeLengthSymbols];

    /// <summary>By match length: the code and the extra bits together, with their number from bit 24 up.</summary>
    internal fixed uint MatchCodes[MaxMatchLength + 1];

    /// <summary>The run-length encoded code lengths: symbols, with the value of the extra bits from bit 8 up.</summary>
    internal fixed ushort CodeLengthTokens[LiteralSymbols + DistanceSymbols];

    /// <summary>Scratch memory for <see cref="HuffmanCode"/>.</summary>
    internal fixed uint Sorted[288];
}
