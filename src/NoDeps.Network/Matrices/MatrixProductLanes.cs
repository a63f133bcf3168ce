using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The product of two matrices by the register blocks of <see cref="CorrelationLanes{S, V}"/>, 6 rows by
/// <see cref="Panel.Columns"/> columns (Goto and van de Geijn 2008; Van Zee and van de Geijn 2015). A panel of that many
/// columns of the right matrix is packed, small enough for the L2 cache, and multiplied by all rows of the left matrix,
/// which needs no packing: its elements are read one by one. Each sum has the order and the roundings of
/// <see cref="MatrixProductScalar"/>, and so the same bits.
/// </summary>
internal static unsafe class MatrixProductLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;

    /// <summary>to(i, j) = Σ_k a(first + i, k)·panel(k, j) for some rows i and columns j.</summary>
    /// <param name="a">The left matrix.</param>
    /// <param name="first">Its first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="panel">As many rows as a has columns; each row is contiguous.</param>
    /// <param name="panelRow">Stride of the panel by row, in floats.</param>
    /// <param name="to">The result.</param>
    /// <param name="toRow">Stride of the result by row, in floats.</param>
    /// <param name="columns">Columns, rounded up to a multiple of <see cref="Panel.Columns"/>.</param>
    /// <param name="zeros">Six zeros.</param>
    public static void Multiply(in Matrix a, int first, int rows, float* panel, nint panelRow, float* to, nint toRow, int columns,
        float* zeros)
    {
        Correlation job = default;
        job.Input = panel;
        job.InputTapStride = panelRow;
        job.InputColumnStride = Lane;
        job.Weights = a.At(first, 0);
        job.WeightOutputStride = a.RowStride;
        job.WeightTapStride = a.ColumnStride;
        job.Bias = zeros;
        job.Output = to;
        job.OutputOutputStride = toRow;
        job.OutputColumnStride = Lane;
        job.Channels = 1;
        job.Rows = 1;
        job.Taps = a.Columns;
        job.Columns = (columns + Panel.Columns - 1) / Panel.Columns * (Panel.Columns / Lane);
        job.Floor = float.NegativeInfinity;
        CorrelationLanes<S, V>.Run(ref job, rows, 0);
    }

    /// <summary>
    /// Packs columns of b, from <paramref name="column"/> on, into consecutive panels, each [row][column]. Columns
    /// beyond the last column of b are zeros.
    /// </summary>
    public static void Pack(in Matrix b, int column, float* panel, int panels)
    {
        nint stride = (nint)b.Rows * Panel.Columns;
        int whole = b.ColumnStride == 1 ? (b.Columns - column) / Panel.Columns : 0;
        if (whole > panels) whole = panels;
        for (int k = 0; k < b.Rows && whole > 0; k++)
        {
            float* from = b.At(k, column), to = panel + (nint)k * Panel.Columns;
            for (int p = whole; p > 0; p--)
            {
                Copy16(from, to);
                Copy16(from + Lane, to + Lane);
                Copy16(from + 2 * Lane, to + 2 * Lane);
                Copy16(from + 3 * Lane, to + 3 * Lane);
                from += Panel.Columns;
                to += stride;
            }
        }
        for (; whole < panels; whole++) PackOne(in b, column + whole * Panel.Columns, panel + whole * stride);
    }

    private static void PackOne(in Matrix b, int column, float* panel)
    {
        for (int c = 0; c < Panel.Columns; c += Lane)
        {
            int k = 0, wide = b.Columns - column - c;
            if (b.RowStride == 1 && b.Rows >= Lane && wide >= Lane)
            {
                for (; k < b.Rows; k += Lane)
                {
                    int row = k + Lane > b.Rows ? b.Rows - Lane : k;
                    S.Transpose16(b.At(row, column + c), b.ColumnStride, panel + (nint)row * Panel.Columns + c, Panel.Columns);
                }
            }
            for (; k < b.Rows; k++)
            {
                for (int j = 0; j < Lane; j++) panel[(nint)k * Panel.Columns + c + j] = j < wide ? *b.At(k, column + c + j) : 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy16(float* from, float* to)
    {
        S.Store(to, S.Load(from));
        if (S.Count < Lane) S.Store(to + S.Count, S.Load(from + S.Count));
    }
}
