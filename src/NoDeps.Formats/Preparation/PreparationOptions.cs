namespace NoDeps.Formats;

/// <summary>The input to prepare a picture for, and what is known about the picture.</summary>
public struct PreparationOptions
{
    /// <summary>Rows of the network's input.</summary>
    public int Rows;
    /// <summary>Columns of the network's input.</summary>
    public int Columns;
    /// <summary>The polarity of the ink.</summary>
    public InkPolarity Polarity;
    /// <summary>True to find several digits side by side.</summary>
    public bool Segment;
}
