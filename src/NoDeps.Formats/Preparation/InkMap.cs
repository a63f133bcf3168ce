namespace NoDeps.Formats;

/// <summary>
/// How much ink every pixel of a gray picture has, 0 to 1, whatever light falls on it: the ground is the local mean of the pixels
/// that are not ink, and the ink is measured against it.
/// </summary>
internal static unsafe class InkMap
{
    /// <summary>Below that many gray levels of difference nothing is taken for ink.</summary>
    public const float MinContrast = 10;

    private const double Tail = 0.005;
    private const double InkLevel = 0.7;

    /// <summary>Numbers of room, in doubles, that <see cref="Find"/> needs.</summary>
    public static long RoomFor(int rows, int columns) => 2 * SummedAreas.RoomFor(rows, columns);

    /// <summary>Finds the ink.</summary>
    /// <param name="gray">rows × columns gray levels.</param>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="columns">Columns of the picture.</param>
    /// <param name="polarity">Whether the ink is dark or light, if that is known.</param>
    /// <param name="ink">Takes rows × columns shares of ink, 0 to 1.</param>
    /// <param name="ground">Room for rows × columns numbers.</param>
    /// <param name="room">As many numbers as <see cref="RoomFor"/> says.</param>
    /// <param name="report">Takes polarity and contrast.</param>
    /// <returns>False where nothing stands out from its ground.</returns>
    public static bool Find(float* gray, int rows, int columns, InkPolarity polarity, float* ink, float* ground, double* room,
        ref PreparationReport report)
    {
        int side = rows > columns ? rows : columns, count = rows * columns;
        double* second = room + SummedAreas.RoomFor(rows, columns);
        // Differences from the local mean, of a picture smoothed a little against noise.
        SummedAreas sums = new(gray, null, rows, columns, room);
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
        float sign = isDark ? -1 : 1, most = isDark ? darkest : lightest;
        report.IsInkDark = isDark;
        // Weights: 1 for ground, 0 for ink and what is next to it.
        for (int i = 0; i < count; i++) ground[i] = sign * ink[i] > 0.5f * most ? 1 : 0;
        SummedAreas marked = new(ground, null, rows, columns, room);
        LevelHistogram levels = default;
        for (int y = 0, i = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++, i++) ink[i] = marked.Around(y, x, 2, out _) > 0.5 ? 0 : 1;
        }
        SummedAreas weighted = new(gray, ink, rows, columns, room), weights = new(ink, null, rows, columns, second);
        for (int y = 0, i = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++, i++)
            {
                float difference = sign * (gray[i] - GroundAt(in weighted, in weights, y, x, side));
                if (ground[i] != 0) levels.Add(difference);
                ground[i] = difference;
            }
        }
        report.Contrast = levels.Quantile(InkLevel);
        if (!(report.Contrast >= MinContrast)) return false;
        for (int i = 0; i < count; i++)
        {
            float share = ground[i] / report.Contrast;
            ink[i] = share < 0 ? 0 : share > 1 ? 1 : share;
        }
        return true;
    }

    /// <summary>The mean of the ground around a pixel, in the smallest of three windows that has enough of it.</summary>
    private static float GroundAt(in SummedAreas weighted, in SummedAreas weights, int row, int column, int side)
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
