namespace NoDeps.Formats;

/// <summary>
/// A summed-area table (Crow, "Summed-area tables for texture mapping", 1984): the sum over any rectangle of a picture in four
/// look-ups.
/// </summary>
internal unsafe struct SummedAreas
{
    private readonly double* _sums;
    private readonly int _rows, _columns;

    /// <summary>Numbers of room that a table needs.</summary>
    public static long RoomFor(int rows, int columns) => (rows + 1L) * (columns + 1L);

    /// <summary>Sums up a picture of rows × columns.</summary>
    /// <param name="picture">The numbers.</param>
    /// <param name="weights">What each is multiplied by; null for 1.</param>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="columns">Columns of the picture.</param>
    /// <param name="room">As many numbers as <see cref="RoomFor"/> says.</param>
    public SummedAreas(float* picture, float* weights, int rows, int columns, double* room)
    {
        _sums = room;
        _rows = rows;
        _columns = columns;
        int stride = columns + 1;
        for (int x = 0; x <= columns; x++) room[x] = 0;
        for (int y = 0; y < rows; y++)
        {
            double line = 0;
            double* above = room + (long)y * stride, here = above + stride;
            here[0] = 0;
            for (int x = 0; x < columns; x++)
            {
                long i = (long)y * columns + x;
                line += weights == null ? picture[i] : (double)picture[i] * weights[i];
                here[x + 1] = above[x + 1] + line;
            }
        }
    }

    /// <summary>The sum over the pixels at most <paramref name="radius"/> away in both directions, as far as they exist.</summary>
    public readonly double Around(int row, int column, int radius, out int count)
    {
        int top = row - radius < 0 ? 0 : row - radius, bottom = row + radius >= _rows ? _rows : row + radius + 1;
        int left = column - radius < 0 ? 0 : column - radius, right = column + radius >= _columns ? _columns : column + radius + 1;
        count = (bottom - top) * (right - left);
        double* upper = _sums + (long)top * (_columns + 1), lower = _sums + (long)bottom * (_columns + 1);
        return lower[right] - lower[left] - upper[right] + upper[left];
    }
}
