namespace NoDeps.Formats;

/// <summary>What a picture is prepared for, and what is known about it.</summary>
public struct PreparationOptions
{
    /// <summary>Rows of the network's input.</summary>
    public int Rows;
    /// <summary>Columns of the network's input.</summary>
    public int Columns;
    /// <summary>Whether the ink is dark or light.</summary>
    public InkPolarity Polarity;
    /// <summary>Looks for several digits side by side.</summary>
    public bool Segment;
}
