namespace NoDeps.Network;

/// <summary>The shape of one sample: channels × rows × columns; a flat feature vector is features × 1 × 1.</summary>
public struct Shape
{
    /// <summary>Channels, or features of a flat vector; at least 1.</summary>
    public int Channels;
    /// <summary>Rows; at least 1.</summary>
    public int Rows;
    /// <summary>Columns; at least 1.</summary>
    public int Columns;

    /// <summary>A shape from its three sizes.</summary>
    public Shape(int channels, int rows, int columns)
    {
        Channels = channels;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Elements of one sample.</summary>
    public readonly int Size => Channels * Rows * Columns;

    /// <summary>Elements of one channel.</summary>
    public readonly int Plane => Rows * Columns;

    /// <summary>Returns true if two shapes are equal.</summary>
    public readonly bool Matches(Shape other) =>
        Channels == other.Channels && Rows == other.Rows && Columns == other.Columns;
}
