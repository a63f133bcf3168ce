using System.Runtime.CompilerServices;

namespace NoDeps.Network;

/// <summary>A window that slides over rows and columns: kernel size, stride and padding per axis.</summary>
public struct Geometry
{
    /// <summary>Rows of the window; at least 1.</summary>
    public int KernelRows;
    /// <summary>Columns of the window; at least 1.</summary>
    public int KernelColumns;
    /// <summary>Rows from one window to the next; at least 1.</summary>
    public int StrideRows;
    /// <summary>Columns from one window to the next; at least 1.</summary>
    public int StrideColumns;
    /// <summary>Rows of zeros above and below the input.</summary>
    public int PadRows;
    /// <summary>Columns of zeros left and right of the input.</summary>
    public int PadColumns;

    /// <summary>True if the windows are 2 × 2 with stride 2, without padding.</summary>
    public readonly bool IsPairs
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => KernelRows == 2 && KernelColumns == 2 && StrideRows == 2 && StrideColumns == 2 && (PadRows | PadColumns) == 0;
    }

    /// <summary>
    /// Rows of the input, or copies of them, that are stored consecutively so that for each kernel row the input rows
    /// of <paramref name="outputRows"/> are adjacent.
    /// </summary>
    internal readonly int UnrolledRows(int outputRows) =>
        StrideRows == 1 ? outputRows + KernelRows - 1 : outputRows * KernelRows;

    /// <summary>Elements of an input unrolled for <see cref="UnrolledRows"/> by every kernel column.</summary>
    internal readonly long Unrolled(Shape input, Shape output)
    {
        long rows = StrideRows == 1 ? (long)output.Rows + KernelRows - 1 : (long)output.Rows * KernelRows;
        // At most 16, 12 and 17 bits, and 29 of the rows.
        long row = (long)input.Channels * KernelColumns * output.Columns;
        return row > long.MaxValue / rows ? long.MaxValue : row * rows;
    }

    /// <summary>Output rows: ⌊(rows + 2P − F) / S⌋ + 1 (scratch, 3.3.1); not positive when the kernel is too large.</summary>
    public readonly int OutputRows(int rows) =>
        rows + 2 * PadRows < KernelRows ? 0 : (rows + 2 * PadRows - KernelRows) / StrideRows + 1;

    /// <summary>Output columns, as <see cref="OutputRows"/>.</summary>
    public readonly int OutputColumns(int columns) =>
        columns + 2 * PadColumns < KernelColumns ? 0 : (columns + 2 * PadColumns - KernelColumns) / StrideColumns + 1;
}
