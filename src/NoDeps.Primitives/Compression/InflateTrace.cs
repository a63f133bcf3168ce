namespace NoDeps.Primitives;

/// <summary>What <see cref="Inflate.DecodeTraced"/> has just read.</summary>
public enum InflateStep : byte
{
    /// <summary>A block's header: its type, 0 to 2.</summary>
    Block,
    /// <summary>The code of the code lengths: how many lengths.</summary>
    CodeLengths,
    /// <summary>The codes of the block: how many literal and length codes.</summary>
    Codes,
    /// <summary>The content of a stored block: how many bytes.</summary>
    Stored,
    /// <summary>A literal: the byte.</summary>
    Literal,
    /// <summary>A match: its length.</summary>
    Match,
    /// <summary>The end of a block with codes.</summary>
    End,
}

/// <summary>
/// Receives what a DEFLATE decoder reads, step by step. A code comes with its extra bits above it, the first bit of the
/// stream lowest.
/// </summary>
public abstract unsafe class InflateTrace
{
    /// <summary>Where the stream begins.</summary>
    public byte* Start;
    /// <summary>Bits of the stream used so far.</summary>
    public long Next;
    /// <summary>What was read.</summary>
    public InflateStep Step;
    /// <summary>Whether this is the last block.</summary>
    public bool IsLast;
    /// <summary>What <see cref="InflateStep"/> says of the step.</summary>
    public int Value;
    /// <summary>How far back a match reaches.</summary>
    public int Distance;
    /// <summary>The code of a literal, a length or the end.</summary>
    public uint Code;
    /// <summary>How many bits that is, without extra bits.</summary>
    public int CodeBits;
    /// <summary>Bits that a length has after its code.</summary>
    public int ExtraBits;
    /// <summary>The code of a distance.</summary>
    public uint DistanceCode;
    /// <summary>How many bits that is, without extra bits.</summary>
    public int DistanceBits;
    /// <summary>Bits that a distance has after its code.</summary>
    public int DistanceExtraBits;
    /// <summary>Code lengths by symbol: of the code length code, or of both codes of a block, distances last.</summary>
    public byte* Lengths;
    /// <summary>How many of the lengths are of distances.</summary>
    public int Distances;
    /// <summary>The bytes of a match, or of a stored block.</summary>
    public byte* Bytes;

    /// <summary>Called after each step.</summary>
    public abstract void Report();
}
