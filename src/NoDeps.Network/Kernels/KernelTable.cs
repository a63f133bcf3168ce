namespace NoDeps.Network;

/// <summary>
/// The table of kernels: every vectorized function of a layer, for one instruction set. A kernel takes a layer and a
/// range of tiles or of channels. Filled by <see cref="Kernels{S, V}"/>; <see cref="KernelTables"/> chooses the
/// instruction set.
/// </summary>
internal unsafe struct KernelTable
{
    /// <summary>The optimizer: (state, chunk).</summary>
    public delegate*<void*, int, void> Optimizer;
    /// <summary>The sum of squares of gradients, likewise.</summary>
    public delegate*<void*, int, void> SumSquares;

    /// <summary>The product of two matrices.</summary>
    public delegate*<in Matrix, int, float*, int, void> MatrixPack;
    public delegate*<in Matrix, int, int, float*, nint, float*, nint, int, float*, void> MatrixMultiply;
    /// <summary><see cref="PeakKernelsLanes{S, V}"/>, for measuring.</summary>
    public delegate*<float*, nint, void> PeakMultiply;
    public delegate*<float*, float*, nint, bool, bool, void> PeakMove;

    public delegate*<LayerState*, int, int, void> ActivationBackward;
    public delegate*<LayerState*, int, int, void> ActivationBackwardChannels;
    public delegate*<LayerState*, int, int, void> ActivationForward;
    public delegate*<LayerState*, int, int, void> ActivationForwardChannels;

    public delegate*<LayerState*, int, int, void> BatchNormalizationBackwardChannels;
    public delegate*<LayerState*, int, int, void> BatchNormalizationCombine;
    public delegate*<LayerState*, int, int, void> BatchNormalizationCombineGradients;
    public delegate*<LayerState*, int, int, void> BatchNormalizationForwardChannels;
    public delegate*<LayerState*, int, int, void> BatchNormalizationInputGradient;
    public delegate*<LayerState*, int, int, void> BatchNormalizationNormalize;
    public delegate*<LayerState*, int, int, void> BatchNormalizationNormalizeInference;
    public delegate*<LayerState*, int, int, void> BatchNormalizationComputeInvStd;
    public delegate*<LayerState*, int, int, void> BatchNormalizationTileGradientSums;
    public delegate*<LayerState*, int, int, void> BatchNormalizationTileStatistics;

    public delegate*<LayerState*, int, int, void> ConvolutionPad;
    public delegate*<LayerState*, int, int, void> ConvolutionForward;
    public delegate*<LayerState*, int, int, void> ConvolutionForwardPooled;
    public delegate*<LayerState*, int, int, void> ConvolutionInputGradient;
    public delegate*<LayerState*, int, int, void> ConvolutionSumTiles;
    public delegate*<LayerState*, int, int, void> ConvolutionWeightGradient;

    public delegate*<LayerState*, int, int, void> DenseForward;
    public delegate*<LayerState*, int, int, void> DenseForwardChannels;
    public delegate*<LayerState*, int, int, void> DenseInputGradientChannels;
    public delegate*<LayerState*, int, int, void> DenseTransposeGradient;
    public delegate*<LayerState*, int, int, void> DenseTransposeGradientChannels;
    public delegate*<LayerState*, int, int, void> DenseTransposeInput;
    public delegate*<LayerState*, int, int, void> DenseTransposeInputChannels;
    public delegate*<LayerState*, int, int, void> DenseWeightGradientChannels;

    public delegate*<LayerState*, int, int, void> DropoutBackward;
    public delegate*<LayerState*, int, int, void> DropoutBackwardChannels;
    public delegate*<LayerState*, int, int, void> DropoutCopy;
    public delegate*<LayerState*, int, int, void> DropoutForward;
    public delegate*<LayerState*, int, int, void> DropoutForwardChannels;

    public delegate*<LayerState*, int, int, void> InputLoad;

    public delegate*<LayerState*, int, int, void> LossForward;
    public delegate*<LayerState*, int, int, void> LossGradient;

    public delegate*<LayerState*, int, int, void> PoolingAverageBackward;
    public delegate*<LayerState*, int, int, void> PoolingAverageForward;
    public delegate*<LayerState*, int, int, void> PoolingMaximumBackward;
    public delegate*<LayerState*, int, int, void> PoolingMaximumForward;
    public delegate*<LayerState*, int, int, void> PoolingMax2x2Backward;
    public delegate*<LayerState*, int, int, void> PoolingMax2x2Forward;

    public delegate*<LayerState*, int, int, void> SingleConvolution;
    public delegate*<LayerState*, int, int, void> SingleDense;
    public delegate*<LayerState*, int, int, void> SingleGather;
    public delegate*<LayerState*, int, int, void> SingleLoad;
    public delegate*<LayerState*, int, int, void> SinglePool;
    public delegate*<LayerState*, int, int, void> SingleSpread;
    public delegate*<LayerState*, int, int, void> SingleUnroll;

    public delegate*<LayerState*, int, int, void> ShortcutForward;
    public delegate*<LayerState*, int, int, void> ShortcutForwardChannels;
    public delegate*<LayerState*, int, int, void> ShortcutRestore;
    public delegate*<LayerState*, int, int, void> ShortcutRestoreChannels;
    public delegate*<LayerState*, int, int, void> ShortcutSave;
    public delegate*<LayerState*, int, int, void> ShortcutSaveChannels;
}
