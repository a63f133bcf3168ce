namespace NoDeps.Formats;

/// <summary>One digit of a picture: where it was and what was done to it.</summary>
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
    /// <summary>Mean width of the strokes, in pixels of the network's input, before they were thickened.</summary>
    public float StrokeWidth;
    /// <summary>Whether strokes were thickened to the width that is usual in MNIST.</summary>
    public bool IsThickened;
    /// <summary>Rows of the digit in the network's input.</summary>
    public int ScaledRows;
    /// <summary>Columns of the digit in the network's input.</summary>
    public int ScaledColumns;
}
