namespace NoDeps.Tests.Oracle;

/// <summary>The shape of one sample: channels × rows × columns; a vector of features is features × 1 × 1.</summary>
public readonly record struct OracleShape(int Channels, int Rows, int Columns)
{
    /// <summary>Numbers in one sample.</summary>
    public int Size => Channels * Rows * Columns;

    /// <summary>Where (sample, channel, row, column), all from 0, lies in an NCHW array.</summary>
    public int At(int sample, int channel, int row, int column) =>
        ((sample * Channels + channel) * Rows + row) * Columns + column;

    /// <summary>As in a description: <c>6x24x24</c>.</summary>
    public override string ToString() => $"{Channels}x{Rows}x{Columns}";
}
