namespace NoDeps.Formats;

/// <summary>A connected component of ink and its bounding box.</summary>
internal struct InkComponent
{
    /// <summary>The number of pixels.</summary>
    public int Area;
    /// <summary>First row.</summary>
    public int Top;
    /// <summary>One past the last row.</summary>
    public int Bottom;
    /// <summary>First column.</summary>
    public int Left;
    /// <summary>One past the last column.</summary>
    public int Right;
    /// <summary>The index of the digit that it belongs to; −1 for a speck.</summary>
    public int Digit;

    /// <summary>Merges another component: adds its area and extends the bounding box.</summary>
    public void Include(in InkComponent other)
    {
        Area += other.Area;
        if (other.Top < Top) Top = other.Top;
        if (other.Bottom > Bottom) Bottom = other.Bottom;
        if (other.Left < Left) Left = other.Left;
        if (other.Right > Right) Right = other.Right;
    }
}
