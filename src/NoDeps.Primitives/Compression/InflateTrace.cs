namespace NoDeps.Primitives;

/// <summary>The kind of step that <see cref="Inflate.DecodeTraced"/> reports.</summary>
public enum InflateStep : byte
{
    /// <summary>A block header; the value is the block type, 0 to 2.</summary>
    Block,
    /// <summary>The code length code; the value is its number of lengths.</summary>
    CodeLengths,
    /// <summary>The codes of a block; the value is the number of literal/length codes.</summary>
    Codes,
    /// <summary>The content of a stored block; the value is its number of bytes.</summary>
    Stored,
    /// <summary>A literal; the value is the byte.</summary>
    Literal,
    /// <summary>A match; the value is its length.</summary>
    Match,
    /// <summary>The end of a compressed block.</summary>
    End,
}

/// <summary>
/// Receives the steps of a DEFLATE decoder. The fields with codes hold the code in the low bits, first bit of the
/// stream lowest, with the extra bits above it.
/// </summary>
public abstract unsafe class InflateTrace
{
    /// <summary>The start of the stream.</summary>
    public byte* Start;
    /// <summary>The number of bits of the stream used so far.</summary>
    public long Next;
    /// <summary>The kind of step.</summary>
    public InflateStep Step;
    /// <summary>True in the last block.</summary>
    public bool IsLast;
    /// <summary>The value of the step; see <see cref="InflateStep"/>.</summary>
    public int Value;
    /// <summary>The distance of a match.</summary>
    public int Distance;
    /// <summary>The code of a literal, a length or end-of-block.</summary>
    public uint Code;
    /// <summary>The length of <see cref="Code"/>, without extra bits.</summary>
    public int CodeBits;
    /// <summary>The number of extra bits of a length.</summary>
    public int ExtraBits;
    /// <summary>The code of a distance.</summary>
    public uint DistanceCode;
    /// <summary>The length of <see cref="DistanceCode"/>, without extra bits.</summary>
    public int DistanceBits;
    /// <summary>The number of extra bits of a distance.</summary>
    public int DistanceExtraBits;
    /// <summary>Code lengths by symbol: of the code length code, or of both codes of a block, distances last.</summary>
    public byte* Lengths;
    /// <summary>The number of distance codes in <see cref="Lengths"/>.</summary>
    public int Distances;
    /// <summary>The bytes of a match or a stored block.</summary>
    public byte* Bytes;

    /// <summary>Called after each step.</summary>
    public abstract void Report();
}
