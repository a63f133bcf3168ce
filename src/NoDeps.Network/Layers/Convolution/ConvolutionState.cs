namespace NoDeps.Network;

/// <summary>What only a convolution has. Laid out by <see cref="ConvolutionPlanning"/>.</summary>
internal unsafe struct ConvolutionState
{
    /// <summary>The input with zero columns left and right; the input itself when there is no such padding.</summary>
    public float* PaddedInput;
    public nint PaddedInputTile;
    public int PaddedInputColumns;
    /// <summary>
    /// The forward pass. On lanes: of one row, without where the row's input, weights and output begin and how many kernel rows meet
    /// the input. Of a single image: of all of it, over the unrolled input in <see cref="PaddedInput"/>, a column being 16 positions
    /// of the output.
    /// </summary>
    public Correlation Descriptor;
    /// <summary>The output gradient with zero columns left and right, for the input gradient.</summary>
    public float* PaddedGradient;
    public nint PaddedGradientTile;
    public int PaddedGradientColumns, PaddedGradientLeft;
    /// <summary>For each tile: accumulators of weight gradients, and their sums.</summary>
    public float* Sums;
    public nint SumsTile;
    /// <summary>For each tile: gradients of weights and biases, in the order of the flat parameter array.</summary>
    public float* Partial;
    public nint PartialTile;
    public int PartialCount;
    /// <summary>By im2col: for each tile the matrix of the patches of one sample.</summary>
    public float* Columns;
    public nint ColumnsTile;
}
