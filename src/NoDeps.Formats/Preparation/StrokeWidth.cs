namespace NoDeps.Formats;

/// <summary>Measures the width of strokes, and thickens them.</summary>
internal static unsafe class StrokeWidth
{
    /// <summary>
    /// The mean width: twice the area divided by the perimeter. The perimeter is estimated from the number of pixel edges on the
    /// outline, which is 4/π times its length on average over all directions.
    /// </summary>
    /// <param name="ink">Amounts of ink, 0 to 1, [row][column].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static float Measure(float* ink, int rows, int columns)
    {
        const float Half = 0.5f;
        const double EdgesPerLength = 4 / 3.14159265;
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
        return edges == 0 ? 0 : (float)(2 * area / (edges / EdgesPerLength));
    }

    /// <summary>Dilates by a disk with a soft edge: each pixel becomes the maximum within the radius.</summary>
    /// <param name="from">Amounts of ink, 0 to 1, [row][column].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="radius">The radius of the disk in pixels.</param>
    /// <param name="to">Receives rows × columns amounts; must not overlap <paramref name="from"/>.</param>
    public static void Thicken(float* from, int rows, int columns, float radius, float* to)
    {
        int reach = (int)radius + 1;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                float max = 0;
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
                        if (value > max) max = value;
                    }
                }
                to[(long)y * columns + x] = max;
            }
        }
    }
}
