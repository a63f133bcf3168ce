using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The vectorized product of two matrices, with its scratch.</summary>
public sealed unsafe class MatrixProductHarness
{
    private readonly KernelTable _kernels;
    private readonly float* _zeros, _panel;

    /// <summary>Bytes of memory needed.</summary>
    /// <param name="inner">Maximum columns of A.</param>
    public static long BytesNeeded(int inner) => (Lanes.Count + (long)inner * Panel.Columns) * sizeof(float);

    /// <summary>Sets it up.</summary>
    /// <param name="inner">Maximum columns of A.</param>
    /// <param name="isa">The instruction set, which the machine must support.</param>
    /// <param name="memory"><see cref="BytesNeeded"/> bytes, 64-byte aligned, all zero.</param>
    public MatrixProductHarness(int inner, Isa isa, byte* memory)
    {
        KernelTable table = default;
        KernelTables.Fill(isa, KernelForm.Lanes, &table);
        _kernels = table;
        _zeros = (float*)memory;
        _panel = _zeros + Lanes.Count;
    }

    /// <summary>C(i, j) = Σ_k A(i, k)·B(k, j), the bits of <see cref="MatrixProductScalar.Set"/>.</summary>
    /// <param name="a">m × n, any strides.</param>
    /// <param name="b">n × p; fast where one of its strides is 1.</param>
    /// <param name="c">m × p, p at least 64, with a column stride of 1; does not overlap the others.</param>
    public void Set(Matrix a, Matrix b, Matrix c)
    {
        for (int column = 0; column < c.Columns; column += Panel.Columns)
        {
            // The last panel starts early enough to be whole: some sums are computed twice, with the same bits.
            int first = column + Panel.Columns > c.Columns ? c.Columns - Panel.Columns : column;
            _kernels.MatrixPack(in b, first, _panel, 1);
            _kernels.MatrixMultiply(in a, 0, c.Rows, _panel, Panel.Columns, c.At(0, first), c.RowStride, Panel.Columns, _zeros);
        }
    }
}
