namespace NoDeps.Formats;

/// <summary>A connected piece of ink and the rectangle around it.</summary>
internal struct InkComponent
{
    /// <summary>Pixels.</summary>
    public int Area;
    /// <summary>First row.</summary>
    public int Top;
    /// <summary>Row after the last.</summary>
    public int Bottom;
    /// <summary>First column.</summary>
    public int Left;
    /// <summary>Column after the last.</summary>
    public int Right;
    /// <summary>Which digit it belongs to; −1 for a speck.</summary>
    public int Digit;

    /// <summary>Grows the rectangle to hold another.</summary>
    public void Include(in InkComponent other)
    {
        Area += other.Area;
        if (other.Top < Top) Top = other.Top;
        if (other.Bottom > Bottom) Bottom = other.Bottom;
        if (other.Left < Left) Left = other.Left;
        if (other.Right > Right) Right = other.Right;
    }
}
