namespace NoDeps.Formats;

/// <summary>
/// Converts a picture to gray levels and reduces it by area averaging: each output pixel is the mean of the area of the
/// picture that it covers. Gray is the luma of ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B.
/// </summary>
internal static unsafe class GrayScaling
{
    /// <summary>Reduces a picture.</summary>
    /// <param name="pixels">[row][column][channel]; 1 to 4 channels: gray, gray and alpha, RGB, RGBA.</param>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="columns">Columns of the picture.</param>
    /// <param name="channels">Channels of the picture.</param>
    /// <param name="to">Receives toRows × toColumns gray levels, 0 to 255.</param>
    /// <param name="toRows">At most <paramref name="rows"/>.</param>
    /// <param name="toColumns">At most <paramref name="columns"/>.</param>
    /// <param name="line">Scratch memory for <paramref name="toColumns"/> numbers.</param>
    public static void Reduce(byte* pixels, int rows, int columns, int channels, float* to, int toRows, int toColumns, float* line)
    {
        float background = channels == 2 || channels == 4 ? BackgroundOf(pixels, (long)rows * columns, channels) : 0;
        for (long i = 0; i < (long)toRows * toColumns; i++) to[i] = 0;
        double perRow = (double)toRows / rows, perColumn = (double)toColumns / columns;
        float area = (float)(perRow * perColumn);
        for (int y = 0; y < rows; y++)
        {
            ReduceRow(pixels + (long)y * columns * channels, columns, channels, background, line, toColumns, perColumn);
            // A source row overlaps one or two rows of the result.
            int first = (int)(y * perRow);
            if (first >= toRows) first = toRows - 1;
            double inFirst = (first + 1) / perRow - y;
            float share = inFirst >= 1 || first == toRows - 1 ? 1f : (float)inFirst;
            float* upper = to + (long)first * toColumns;
            for (int x = 0; x < toColumns; x++) upper[x] += line[x] * share * area;
            if (share == 1f) continue;
            for (int x = 0; x < toColumns; x++) upper[toColumns + x] += line[x] * (1f - share) * area;
        }
    }

    private static void ReduceRow(byte* row, int columns, int channels, float background, float* line, int toColumns, double perColumn)
    {
        for (int x = 0; x < toColumns; x++) line[x] = 0;
        for (int x = 0; x < columns; x++, row += channels)
        {
            float gray = channels < 3 ? row[0] : 0.299f * row[0] + 0.587f * row[1] + 0.114f * row[2];
            if (channels == 2 || channels == 4) gray = background + (gray - background) * row[channels - 1] * (1f / 255f);
            int first = (int)(x * perColumn);
            if (first >= toColumns) first = toColumns - 1;
            double inFirst = (first + 1) / perColumn - x;
            if (inFirst >= 1 || first == toColumns - 1)
            {
                line[first] += gray;
                continue;
            }
            line[first] += gray * (float)inFirst;
            line[first + 1] += gray * (float)(1 - inFirst);
        }
    }

    /// <summary>The background color behind transparent pixels: white for dark ink, black for light ink.</summary>
    internal static float BackgroundOf(byte* pixels, long count, int channels)
    {
        double sum = 0, weight = 0;
        for (long i = 0; i < count; i++, pixels += channels)
        {
            int gray = channels == 2 ? pixels[0] : (299 * pixels[0] + 587 * pixels[1] + 114 * pixels[2]) / 1000;
            sum += (double)gray * pixels[channels - 1];
            weight += pixels[channels - 1];
        }
        return sum > 127.5 * weight ? 0 : 255;
    }
}
