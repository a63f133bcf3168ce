namespace NoDeps.Network;

/// <summary>
/// A view of a matrix stored elsewhere: element (i, j) is <c>First[i·RowStride + j·ColumnStride]</c>. With other
/// strides the same elements are read transposed, or as one lane of tiles, without being copied.
/// </summary>
public unsafe struct Matrix
{
    /// <summary>Element (0, 0).</summary>
    public float* First;
    /// <summary>Rows and columns; at least 1.</summary>
    public int Rows, Columns;
    /// <summary>Floats from one row to the next, and from one column to the next.</summary>
    public nint RowStride, ColumnStride;

    /// <summary>A row-major matrix whose elements are <paramref name="stride"/> floats apart.</summary>
    public Matrix(float* first, int rows, int columns, nint stride)
    {
        First = first;
        Rows = rows;
        Columns = columns;
        RowStride = columns * stride;
        ColumnStride = stride;
    }

    /// <summary>The address of element (<paramref name="i"/>, <paramref name="j"/>).</summary>
    public readonly float* At(int i, int j) => First + i * RowStride + j * ColumnStride;

    /// <summary>The transposed view of the same elements.</summary>
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
