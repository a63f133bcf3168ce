namespace NoDeps.Formats;

/// <summary>What <see cref="Csv.Measure"/> finds out about a text: the room that its labels and pixels need.</summary>
public struct CsvShape
{
    /// <summary>Rows of numbers: images, and labels.</summary>
    public long Rows;

    /// <summary>Columns: the label, then the pixels.</summary>
    public int Columns;

    /// <summary>True where the first line holds names.</summary>
    public bool HasHeader;

    /// <summary>What stands between two fields: a comma, a semicolon or a tab.</summary>
    public byte Separator;

    /// <summary>Channels of an image, 1 or 3, one plane after the other.</summary>
    public int Channels;

    /// <summary>Rows and columns of an image.</summary>
    public int Side;

    /// <summary>Where the first row of numbers begins, and where the last ends, in the text.</summary>
    internal long Start, End;

    /// <summary>Bytes of all pixels.</summary>
    public readonly long PixelBytes => Rows * (Columns - 1);

    /// <summary>The line, from 1, of a row, from 0.</summary>
    internal readonly long LineOf(long row) => row + (HasHeader ? 2 : 1);
}
