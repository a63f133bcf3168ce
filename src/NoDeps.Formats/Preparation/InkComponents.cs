namespace NoDeps.Formats;

/// <summary>
/// Finds connected components of ink by hysteresis thresholding (Canny 1986): a component starts at a pixel above the high threshold
/// and spreads through connected pixels above the low one, so that thin strokes stay whole and noise is ignored.
/// </summary>
internal static unsafe class InkComponents
{
    /// <summary>The maximum number of components; further ones are omitted.</summary>
    public const int MaxCount = 1024;

    private const float HighThreshold = 0.45f;
    private const float LowThreshold = 0.2f;

    /// <summary>Labels the pixels with their components (8-connected).</summary>
    /// <param name="ink">rows × columns amounts of ink, 0 to 1.</param>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="columns">Columns of the picture.</param>
    /// <param name="labels">Receives the label of each pixel: its component's index plus 1, or 0 for none.</param>
    /// <param name="stack">Scratch memory for rows × columns numbers.</param>
    /// <param name="components">Receives the components, at most <see cref="MaxCount"/>.</param>
    /// <returns>The number of components.</returns>
    public static int Find(float* ink, int rows, int columns, int* labels, int* stack, InkComponent* components)
    {
        int count = 0, pixels = rows * columns;
        for (int i = 0; i < pixels; i++) labels[i] = 0;
        for (int i = 0; i < pixels && count < MaxCount; i++)
        {
            if (ink[i] < HighThreshold || labels[i] != 0) continue;
            Fill(ink, rows, columns, labels, stack, i, count + 1, out components[count]);
            count++;
        }
        return count;
    }

    private static void Fill(float* ink, int rows, int columns, int* labels, int* stack, int start, int label, out InkComponent component)
    {
        component = new InkComponent { Top = rows, Left = columns, Digit = -1 };
        int depth = 0;
        labels[start] = label;
        stack[depth++] = start;
        while (depth > 0)
        {
            int at = stack[--depth], y = at / columns, x = at % columns;
            component.Include(new InkComponent { Area = 1, Top = y, Bottom = y + 1, Left = x, Right = x + 1 });
            for (int ny = y - 1; ny <= y + 1; ny++)
            {
                for (int nx = x - 1; nx <= x + 1; nx++)
                {
                    if ((uint)ny >= (uint)rows || (uint)nx >= (uint)columns) continue;
                    int next = ny * columns + nx;
                    if (labels[next] != 0 || ink[next] < LowThreshold) continue;
                    // A pixel is labeled before it is pushed, so it is pushed only once and the stack cannot overflow.
                    labels[next] = label;
                    stack[depth++] = next;
                }
            }
        }
    }
}
