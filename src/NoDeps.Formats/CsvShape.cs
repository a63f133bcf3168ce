namespace NoDeps.Formats;

/// <summary>The shape of a CSV text, from <see cref="Csv.Measure"/>, which determines the size of its labels and pixels.</summary>
public struct CsvShape
{
    /// <summary>Rows of numbers, one per image.</summary>
    public long Rows;

    /// <summary>The number of columns: the label, then the pixels.</summary>
    public int Columns;

    /// <summary>True if the first line contains column names.</summary>
    public bool HasHeader;

    /// <summary>The field separator: a comma, a semicolon or a tab.</summary>
    public byte Separator;

    /// <summary>Channels of an image, 1 or 3, planar.</summary>
    public int Channels;

    /// <summary>The height and width of an image.</summary>
    public int Side;

    /// <summary>The offsets in the text where the first row of numbers begins and where the last one ends.</summary>
    internal long Start, End;

    /// <summary>The total size of the pixels in bytes.</summary>
    public readonly long PixelBytes => Rows * (Columns - 1);

    /// <summary>The line number, from 1, of a row, from 0.</summary>
    internal readonly long LineOf(long row) => row + (HasHeader ? 2 : 1);
}
