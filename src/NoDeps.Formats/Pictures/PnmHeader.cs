namespace NoDeps.Formats;

/// <summary>What decoding a PNM file needs of its header.</summary>
internal struct PnmHeader
{
    /// <summary>1 to 6, the digit of the magic number.</summary>
    public int Kind;
    /// <summary>The value that stands for full brightness; 1 in bitmaps.</summary>
    public int MaxValue;
    /// <summary>Where the samples begin.</summary>
    public long Data;
}
