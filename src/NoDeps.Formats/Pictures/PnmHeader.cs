namespace NoDeps.Formats;

/// <summary>The fields of a PNM file's header that decoding needs.</summary>
internal struct PnmHeader
{
    /// <summary>1 to 6, the digit of the magic number.</summary>
    public int Kind;
    /// <summary>The sample value of full brightness; 1 in bitmaps.</summary>
    public int MaxValue;
    /// <summary>The offset of the samples.</summary>
    public long Data;
}
