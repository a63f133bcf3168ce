namespace NoDeps.Network;

/// <summary>The state of a convolution. Laid out by <see cref="ConvolutionPlanning"/>.</summary>
internal unsafe struct ConvolutionState
{
    /// <summary>The input with zero columns left and right; the input itself if there is no such padding.</summary>
    public float* PaddedInput;
    public nint PaddedInputTile;
    public int PaddedInputColumns;
    /// <summary>
    /// The forward pass. On lanes: the descriptor of one row, except the start of the row's input, weights and output
    /// and the number of kernel rows that meet the input. For a single image: the descriptor of the whole output, over
    /// the unrolled input in <see cref="PaddedInput"/>; a column is 16 positions of the output.
    /// </summary>
    public Correlation Descriptor;
    /// <summary>The output gradient with zero columns left and right, for the input gradient.</summary>
    public float* PaddedGradient;
    public nint PaddedGradientTile;
    public int PaddedGradientColumns, PaddedGradientLeft;
    /// <summary>Per tile: accumulators of weight gradients, and their sums.</summary>
    public float* Sums;
    public nint SumsTile;
    /// <summary>Per tile: gradients of weights and biases, in the order of the flat parameter array.</summary>
    public float* Partial;
    public nint PartialTile;
    public int PartialCount;
    /// <summary>For im2col: per tile, the matrix of the patches of one sample.</summary>
    public float* Columns;
    public nint ColumnsTile;
}
