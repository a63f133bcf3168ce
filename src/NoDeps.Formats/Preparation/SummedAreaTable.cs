namespace NoDeps.Formats;

/// <summary>
/// A summed-area table (Crow, "Summed-area tables for texture mapping", 1984): gives the sum over any rectangle of a picture with
/// four lookups.
/// </summary>
internal unsafe struct SummedAreaTable
{
    private readonly double* _sums;
    private readonly int _rows, _columns;

    /// <summary>The number of doubles in the table of a picture.</summary>
    public static long Length(int rows, int columns) => (rows + 1L) * (columns + 1L);

    /// <summary>Builds the table of a picture.</summary>
    /// <param name="picture">rows × columns pixels.</param>
    /// <param name="weights">The weight of each pixel; null if all are 1.</param>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="columns">Columns of the picture.</param>
    /// <param name="table">Memory for <see cref="Length"/> numbers, which the table uses.</param>
    public SummedAreaTable(float* picture, float* weights, int rows, int columns, double* table)
    {
        _sums = table;
        _rows = rows;
        _columns = columns;
        int stride = columns + 1;
        for (int x = 0; x <= columns; x++) table[x] = 0;
        for (int y = 0; y < rows; y++)
        {
            double line = 0;
            double* above = table + (long)y * stride, here = above + stride;
            here[0] = 0;
            for (int x = 0; x < columns; x++)
            {
                long i = (long)y * columns + x;
                line += weights == null ? picture[i] : (double)picture[i] * weights[i];
                here[x + 1] = above[x + 1] + line;
            }
        }
    }

    /// <summary>The sum over the square of pixels within <paramref name="radius"/>, clipped to the picture, and their number.</summary>
    public readonly double Around(int row, int column, int radius, out int count)
    {
        int top = row - radius < 0 ? 0 : row - radius, bottom = row + radius >= _rows ? _rows : row + radius + 1;
        int left = column - radius < 0 ? 0 : column - radius, right = column + radius >= _columns ? _columns : column + radius + 1;
        count = (bottom - top) * (right - left);
        double* upper = _sums + (long)top * (_columns + 1), lower = _sums + (long)bottom * (_columns + 1);
        return lower[right] - lower[left] - upper[right] + upper[left];
    }
}
