namespace NoDeps.Network;

/// <summary>
/// The product of two matrices, 2 × 4 sums at a time: eight independent chains of multiply-adds, and six loads for
/// eight products. Each sum has the order and the roundings of <see cref="MatrixProductScalar"/>, and so the same bits.
/// </summary>
public static unsafe class MatrixProductBlocks
{
    private const int BlockRows = 2;
    private const int BlockColumns = 4;

    /// <summary>As <see cref="MatrixProductScalar.Set"/>.</summary>
    public static void Set(Matrix a, Matrix b, Matrix c)
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++) *c.At(i, j) = 0;
        }
        Add(a, b, c);
    }

    /// <summary>As <see cref="MatrixProductScalar.Add"/>.</summary>
    public static void Add(Matrix a, Matrix b, Matrix c)
    {
        // The blocks of one row pair of A share it in the L1 cache.
        int rows = c.Rows / BlockRows * BlockRows, columns = c.Columns / BlockColumns * BlockColumns;
        for (int i = 0; i < rows; i += BlockRows)
        {
            for (int j = 0; j < columns; j += BlockColumns) Block(in a, in b, i, j, in c);
        }
        MatrixProductScalar.Add(Part(a, 0, rows, 0, a.Columns), Part(b, 0, b.Rows, columns, c.Columns),
            Part(c, 0, rows, columns, c.Columns));
        MatrixProductScalar.Add(Part(a, rows, c.Rows, 0, a.Columns), b, Part(c, rows, c.Rows, 0, c.Columns));
    }

    /// <summary>A view of some rows and columns, from the first to the one before the end; possibly empty.</summary>
    private static Matrix Part(Matrix m, int row, int rowEnd, int column, int columnEnd)
    {
        m.First = m.At(row, column);
        m.Rows = rowEnd - row;
        m.Columns = columnEnd - column;
        return m;
    }

    private static void Block(in Matrix a, in Matrix b, int i, int j, in Matrix c)
    {
        float* c0 = c.At(i, j), c1 = c.At(i + 1, j);
        nint stride = c.ColumnStride;
        float s00 = c0[0], s01 = c0[stride], s02 = c0[2 * stride], s03 = c0[3 * stride];
        float s10 = c1[0], s11 = c1[stride], s12 = c1[2 * stride], s13 = c1[3 * stride];
        float* a0 = a.At(i, 0), a1 = a.At(i + 1, 0), bk = b.At(0, j);
        nint aStride = a.ColumnStride, bStride = b.RowStride, bColumn = b.ColumnStride;
        for (int k = a.Columns; k > 0; k--)
        {
            float x = *a0, y = *a1;
            float b0 = bk[0], b1 = bk[bColumn], b2 = bk[2 * bColumn], b3 = bk[3 * bColumn];
            s00 = System.MathF.FusedMultiplyAdd(x, b0, s00);
            s10 = System.MathF.FusedMultiplyAdd(y, b0, s10);
            s01 = System.MathF.FusedMultiplyAdd(x, b1, s01);
            s11 = System.MathF.FusedMultiplyAdd(y, b1, s11);
            s02 = System.MathF.FusedMultiplyAdd(x, b2, s02);
            s12 = System.MathF.FusedMultiplyAdd(y, b2, s12);
            s03 = System.MathF.FusedMultiplyAdd(x, b3, s03);
            s13 = System.MathF.FusedMultiplyAdd(y, b3, s13);
            a0 += aStride;
            a1 += aStride;
            bk += bStride;
        }
        c0[0] = s00;
        c0[stride] = s01;
        c0[2 * stride] = s02;
        c0[3 * stride] = s03;
        c1[0] = s10;
        c1[stride] = s11;
        c1[2 * stride] = s12;
        c1[3 * stride] = s13;
    }
}
