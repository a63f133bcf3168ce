namespace NoDeps.Network;

/// <summary>
/// A matrix over numbers that lie elsewhere: element (i, j) is <c>First[i·RowStride + j·ColumnStride]</c>. By its two steps
/// the same numbers are read transposed, or as one lane of tiles, without being moved.
/// </summary>
public unsafe struct Matrix
{
    /// <summary>Element (0, 0).</summary>
    public float* First;
    /// <summary>Rows and columns; at least 1.</summary>
    public int Rows, Columns;
    /// <summary>Floats from a row to the next, and from a column to the next.</summary>
    public nint RowStride, ColumnStride;

    /// <summary>Rows one after the other, elements <paramref name="step"/> floats apart.</summary>
    public Matrix(float* first, int rows, int columns, nint step)
    {
        First = first;
        Rows = rows;
        Columns = columns;
        RowStride = columns * step;
        ColumnStride = step;
    }

    /// <summary>Where element (<paramref name="i"/>, <paramref name="j"/>) lies.</summary>
    public readonly float* At(int i, int j) => First + i * RowStride + j * ColumnStride;

    /// <summary>The same numbers with rows and columns exchanged.</summary>
    public readonly Matrix Transposed()
    {
        Matrix t = this;
        t.Rows = Columns;
        t.Columns = Rows;
        t.RowStride = ColumnStride;
        t.ColumnStride = RowStride;
        return t;
    }
}
