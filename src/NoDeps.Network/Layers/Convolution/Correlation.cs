namespace NoDeps.Network;

/// <summary>
/// The descriptor of one call of <see cref="CorrelationLanes{S, V}"/>: for every output o and column x
/// <code>out[o][x] = max(floor, bias[o] + Σ_c Σ_r Σ_t weight[o][c][r][t] · in[c][r][x + t])</code>
/// where every index has its own stride, in floats and of either sign, and every in and out element is 16 lanes. A
/// convolution's output row is one call; so is a row of its input gradient (taps run backwards over the output
/// gradient); so is a dense layer (one channel, one row, a tap for each input, a column for each tile) and its
/// gradients.
/// </summary>
internal unsafe struct Correlation
{
    /// <summary>The input element of the first tap of column 0.</summary>
    public float* Input;
    /// <summary>Strides of the input by channel, row, tap and column.</summary>
    public nint InputChannelStride, InputRowStride, InputTapStride, InputColumnStride;
    /// <summary>The weight of output 0 and the first tap; one scalar per weight.</summary>
    public float* Weights;
    /// <summary>Strides of the weights by output, channel, row and tap.</summary>
    public nint WeightOutputStride, WeightChannelStride, WeightRowStride, WeightTapStride;
    /// <summary>One number per output.</summary>
    public float* Bias;
    /// <summary>The element of output 0, column 0.</summary>
    public float* Output;
    /// <summary>Strides of the output by output and column.</summary>
    public nint OutputOutputStride, OutputColumnStride;
    /// <summary>The extents; channels, rows and taps may be 0, then the output is the bias.</summary>
    public int Channels, Rows, Taps, Columns;
    /// <summary>0 for a fused ReLU, −∞ for none.</summary>
    public float Floor;
}
