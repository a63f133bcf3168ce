namespace NoDeps.Formats;

/// <summary>
/// Computes the amount of ink, 0 to 1, at each pixel of a gray picture under uneven lighting: ink is measured relative to the
/// background, which is the local mean of the pixels that are not ink.
/// </summary>
internal static unsafe class InkMap
{
    /// <summary>The minimum difference in gray levels between ink and background; below it, there is no ink.</summary>
    public const float MinContrast = 10;

    private const double Tail = 0.005;
    private const double InkLevel = 0.7;

    /// <summary>The number of doubles of scratch memory that <see cref="Find"/> needs.</summary>
    public static long ScratchLength(int rows, int columns) => 2 * SummedAreaTable.Length(rows, columns);

    /// <summary>Finds the ink.</summary>
    /// <param name="gray">rows × columns gray levels.</param>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="columns">Columns of the picture.</param>
    /// <param name="polarity">The polarity of the ink, if known.</param>
    /// <param name="ink">Receives rows × columns amounts of ink, 0 to 1.</param>
    /// <param name="background">Scratch memory for rows × columns numbers.</param>
    /// <param name="scratch">Scratch memory of <see cref="ScratchLength"/> numbers.</param>
    /// <param name="report">Receives polarity and contrast.</param>
    /// <returns>False if nothing stands out from the background.</returns>
    public static bool Find(float* gray, int rows, int columns, InkPolarity polarity, float* ink, float* background, double* scratch,
        ref PreparationReport report)
    {
        int side = rows > columns ? rows : columns, count = rows * columns;
        double* second = scratch + SummedAreaTable.Length(rows, columns);
        // Differences of the slightly smoothed picture from its local mean.
        SummedAreaTable sums = new(gray, null, rows, columns, scratch);
        LevelHistogram histogram = default;
        for (int y = 0, i = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++, i++)
            {
                double near = sums.Around(y, x, 1, out int nearCount) / nearCount;
                ink[i] = (float)(near - sums.Around(y, x, side / 4 > 1 ? side / 4 : 1, out int farCount) / farCount);
                histogram.Add(ink[i]);
            }
        }
        float darkest = -histogram.Quantile(Tail), lightest = histogram.Quantile(1 - Tail);
        bool isDark = polarity == InkPolarity.Auto ? darkest > lightest : polarity == InkPolarity.Dark;
        float sign = isDark ? -1 : 1, max = isDark ? darkest : lightest;
        report.IsInkDark = isDark;
        // Weights: 1 for background, 0 for ink and its neighborhood.
        for (int i = 0; i < count; i++) background[i] = sign * ink[i] > 0.5f * max ? 1 : 0;
        SummedAreaTable marked = new(background, null, rows, columns, scratch);
        LevelHistogram levels = default;
        for (int y = 0, i = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++, i++) ink[i] = marked.Around(y, x, 2, out _) > 0.5 ? 0 : 1;
        }
        SummedAreaTable weighted = new(gray, ink, rows, columns, scratch), weights = new(ink, null, rows, columns, second);
        for (int y = 0, i = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++, i++)
            {
                float difference = sign * (gray[i] - BackgroundAt(in weighted, in weights, y, x, side));
                if (background[i] != 0) levels.Add(difference);
                background[i] = difference;
            }
        }
        report.Contrast = levels.Quantile(InkLevel);
        if (!(report.Contrast >= MinContrast)) return false;
        for (int i = 0; i < count; i++)
        {
            float share = background[i] / report.Contrast;
            ink[i] = share < 0 ? 0 : share > 1 ? 1 : share;
        }
        return true;
    }

    /// <summary>The mean background around a pixel, in the smallest window that contains enough of it.</summary>
    private static float BackgroundAt(in SummedAreaTable weighted, in SummedAreaTable weights, int row, int column, int side)
    {
        for (int radius = side / 20; radius < side; radius *= 3)
        {
            if (radius == 0) radius = 1;
            double weight = weights.Around(row, column, radius, out int count);
            if (weight > 0.1 * count) return (float)(weighted.Around(row, column, radius, out _) / weight);
        }
        double all = weights.Around(row, column, side, out _);
        return all == 0 ? 0 : (float)(weighted.Around(row, column, side, out _) / all);
    }
}
