namespace NoDeps.Formats;

/// <summary>What the preparation of a picture found and decided.</summary>
public struct PreparationReport
{
    /// <summary>The picture already was what the network takes: its pixels are unchanged (or only inverted).</summary>
    public bool IsUnchanged;
    /// <summary>Ink darker than its ground.</summary>
    public bool IsInkDark;
    /// <summary>Difference between ink and ground in gray levels, 0 to 255.</summary>
    public float Contrast;
    /// <summary>Rows of the reduced picture in which the ink was looked for.</summary>
    public int WorkRows;
    /// <summary>Columns of the reduced picture.</summary>
    public int WorkColumns;
    /// <summary>Digits found; 0 where there is no ink.</summary>
    public int Digits;
    /// <summary>Connected pieces of ink that were left out as specks.</summary>
    public int Specks;
}
