namespace NoDeps.Formats;

/// <summary>
/// Connected pieces of ink by two thresholds (hysteresis, Canny 1986): a piece begins where there is much ink and goes on through
/// whatever is connected and has a little, so that thin strokes stay whole and noise stays out.
/// </summary>
internal static unsafe class InkComponents
{
    /// <summary>The most pieces that are told apart; later ones are left out.</summary>
    public const int MaxCount = 1024;

    private const float Much = 0.45f;
    private const float Little = 0.2f;

    /// <summary>Labels the pixels.</summary>
    /// <param name="ink">rows × columns shares of ink.</param>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="columns">Columns of the picture.</param>
    /// <param name="labels">Takes the number of each pixel's piece, counted from 1; 0 for none.</param>
    /// <param name="stack">Room for rows × columns numbers.</param>
    /// <param name="components">Takes the pieces, at most <see cref="MaxCount"/>.</param>
    /// <returns>How many there are.</returns>
    public static int Find(float* ink, int rows, int columns, int* labels, int* stack, InkComponent* components)
    {
        int count = 0, pixels = rows * columns;
        for (int i = 0; i < pixels; i++) labels[i] = 0;
        for (int i = 0; i < pixels && count < MaxCount; i++)
        {
            if (ink[i] < Much || labels[i] != 0) continue;
            Fill(ink, rows, columns, labels, stack, i, count + 1, out components[count]);
            count++;
        }
        return count;
    }

    private static void Fill(float* ink, int rows, int columns, int* labels, int* stack, int start, int label, out InkComponent piece)
    {
        piece = new InkComponent { Top = rows, Left = columns, Digit = -1 };
        int depth = 0;
        labels[start] = label;
        stack[depth++] = start;
        while (depth > 0)
        {
            int at = stack[--depth], y = at / columns, x = at % columns;
            piece.Include(new InkComponent { Area = 1, Top = y, Bottom = y + 1, Left = x, Right = x + 1 });
            for (int ny = y - 1; ny <= y + 1; ny++)
            {
                for (int nx = x - 1; nx <= x + 1; nx++)
                {
                    if ((uint)ny >= (uint)rows || (uint)nx >= (uint)columns) continue;
                    int next = ny * columns + nx;
                    if (labels[next] != 0 || ink[next] < Little) continue;
                    // A pixel is labeled before it is pushed, so that it is pushed once: the stack cannot overflow.
                    labels[next] = label;
                    stack[depth++] = next;
                }
            }
        }
    }
}
