namespace NoDeps.Formats;

/// <summary>
/// Resamples by area averaging: each output pixel is the mean of the area of the input that it covers, which may be more or less
/// than one pixel.
/// </summary>
internal static unsafe class AreaScaling
{
    /// <summary>Scales a rectangle of a picture.</summary>
    /// <param name="from">The rectangle's first pixel.</param>
    /// <param name="stride">Pixels from one row to the next.</param>
    /// <param name="rows">Rows of the rectangle, at least 1.</param>
    /// <param name="columns">Columns of the rectangle, at least 1.</param>
    /// <param name="to">Receives toRows × toColumns pixels.</param>
    /// <param name="toRows">At least 1.</param>
    /// <param name="toColumns">At least 1.</param>
    public static void Scale(float* from, int stride, int rows, int columns, float* to, int toRows, int toColumns)
    {
        double height = (double)rows / toRows, width = (double)columns / toColumns;
        for (int y = 0; y < toRows; y++)
        {
            for (int x = 0; x < toColumns; x++)
                to[y * toColumns + x] = (float)(Sum(from, stride, rows, columns, y * height, height, x * width, width) / (height * width));
        }
    }

    private static double Sum(float* from, int stride, int rows, int columns, double top, double height, double left, double width)
    {
        double sum = 0;
        for (int y = (int)top; y < rows && y < top + height; y++)
        {
            double share = Overlap(y, top, height);
            if (share <= 0) continue;
            double line = 0;
            for (int x = (int)left; x < columns && x < left + width; x++)
                line += from[(long)y * stride + x] * Overlap(x, left, width);
            sum += line * share;
        }
        return sum;
    }

    /// <summary>The fraction of the pixel at <paramref name="at"/> that lies in the interval.</summary>
    internal static double Overlap(int at, double start, double length)
    {
        double from = at > start ? at : start, end = start + length, to = at + 1 < end ? at + 1 : end;
        return to > from ? to - from : 0;
    }
}
