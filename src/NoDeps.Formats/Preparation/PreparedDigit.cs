namespace NoDeps.Formats;

/// <summary>One digit of a picture: its position and how it was prepared.</summary>
public struct PreparedDigit
{
    /// <summary>First row of the ink's bounding box in the reduced picture.</summary>
    public int Top;
    /// <summary>First column of the ink's bounding box.</summary>
    public int Left;
    /// <summary>Rows of the bounding box.</summary>
    public int Height;
    /// <summary>Columns of the bounding box.</summary>
    public int Width;
    /// <summary>Mean stroke width before thickening, in pixels of the network's input.</summary>
    public float StrokeWidth;
    /// <summary>True if the strokes were thickened to a width typical of MNIST.</summary>
    public bool IsThickened;
    /// <summary>Rows of the digit in the network's input.</summary>
    public int ScaledRows;
    /// <summary>Columns of the digit in the network's input.</summary>
    public int ScaledColumns;
}
