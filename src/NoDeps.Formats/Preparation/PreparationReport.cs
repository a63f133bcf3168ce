namespace NoDeps.Formats;

/// <summary>The findings and decisions made while preparing a picture.</summary>
public struct PreparationReport
{
    /// <summary>True if the picture already looked like an input, so that its pixels are unchanged or only inverted.</summary>
    public bool IsUnchanged;
    /// <summary>True if the ink is darker than its background.</summary>
    public bool IsInkDark;
    /// <summary>The difference between ink and background in gray levels, 0 to 255.</summary>
    public float Contrast;
    /// <summary>Rows of the reduced picture, in which the ink was found.</summary>
    public int WorkRows;
    /// <summary>Columns of the reduced picture.</summary>
    public int WorkColumns;
    /// <summary>The number of digits found; 0 if there is no ink.</summary>
    public int Digits;
    /// <summary>The number of connected components that were ignored as specks.</summary>
    public int Specks;
}
