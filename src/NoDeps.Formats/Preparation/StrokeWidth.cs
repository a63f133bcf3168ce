namespace NoDeps.Formats;

/// <summary>How wide strokes are, and how they become wider.</summary>
internal static unsafe class StrokeWidth
{
    /// <summary>
    /// The mean width: twice the area by the perimeter. The perimeter counts edges of pixels, π/4 of which a slanted outline has in
    /// the mean over all directions.
    /// </summary>
    /// <param name="ink">Shares of ink, [row][column].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static float Measure(float* ink, int rows, int columns)
    {
        const float Half = 0.5f;
        const double EdgesByLength = 4 / 3.14159265;
        long area = 0, edges = 0;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                float* at = ink + (long)y * columns + x;
                if (*at <= Half) continue;
                area++;
                if (x == 0 || at[-1] <= Half) edges++;
                if (x == columns - 1 || at[1] <= Half) edges++;
                if (y == 0 || at[-columns] <= Half) edges++;
                if (y == rows - 1 || at[columns] <= Half) edges++;
            }
        }
        return edges == 0 ? 0 : (float)(2 * area / (edges / EdgesByLength));
    }

    /// <summary>Dilation by a disk with a soft edge: every pixel takes the most ink within the radius.</summary>
    /// <param name="from">Shares of ink, [row][column].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="radius">Of the disk, in pixels.</param>
    /// <param name="to">Takes as many; not the same memory.</param>
    public static void Thicken(float* from, int rows, int columns, float radius, float* to)
    {
        int reach = (int)radius + 1;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                float most = 0;
                int top = y < reach ? -y : -reach, bottom = rows - 1 - y < reach ? rows - 1 - y : reach;
                int left = x < reach ? -x : -reach, right = columns - 1 - x < reach ? columns - 1 - x : reach;
                for (int dy = top; dy <= bottom; dy++)
                {
                    for (int dx = left; dx <= right; dx++)
                    {
                        float share = radius + 0.5f - (float)System.Math.Sqrt(dy * dy + dx * dx);
                        if (dy == 0 && dx == 0 || share > 1) share = 1;
                        if (share <= 0) continue;
                        float value = share * from[(long)(y + dy) * columns + x + dx];
                        if (value > most) most = value;
                    }
                }
                to[(long)y * columns + x] = most;
            }
        }
    }
}
