namespace NoDeps.Network;

/// <summary>
/// The product of two matrices by its definition, one sum at a time, each in the order of k and with one rounding per
/// term.
/// </summary>
public static unsafe class MatrixProductScalar
{
    /// <summary>C(i, j) = Σ_k A(i, k)·B(k, j).</summary>
    /// <param name="a">m × n.</param>
    /// <param name="b">n × p.</param>
    /// <param name="c">m × p; does not overlap the others.</param>
    public static void Set(Matrix a, Matrix b, Matrix c)
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++) *c.At(i, j) = Sum(a, b, i, j, 0);
        }
    }

    /// <summary>C(i, j) ← C(i, j) + Σ_k A(i, k)·B(k, j); the sum starts with the old C(i, j). Shapes as in <see cref="Set"/>.</summary>
    public static void Add(Matrix a, Matrix b, Matrix c)
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++) *c.At(i, j) = Sum(a, b, i, j, *c.At(i, j));
        }
    }

    private static float Sum(in Matrix a, in Matrix b, int i, int j, float sum)
    {
        for (int k = 0; k < a.Columns; k++) sum = System.MathF.FusedMultiplyAdd(*a.At(i, k), *b.At(k, j), sum);
        return sum;
    }
}
