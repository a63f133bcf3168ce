using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>All kernels for one instruction set.</summary>
internal static unsafe class Kernels<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>Fills every field of the table.</summary>
    public static void Fill(KernelTable* table)
    {
        FillFrequent(table);
        FillOther(table);
    }

    /// <summary>The kernels in which training and classifying spend nearly all of their time.</summary>
    public static void FillFrequent(KernelTable* table)
    {
        table->MatrixMultiply = &MatrixProductLanes<S, V>.Multiply;
        table->MatrixPack = &MatrixProductLanes<S, V>.Pack;
        table->Optimizer = &OptimizerLanes<S, V>.Run;
        table->SumSquares = &OptimizerLanes<S, V>.SumSquares;
        table->PeakMultiply = &PeakKernelsLanes<S, V>.Multiply;
        table->PeakMove = &PeakKernelsLanes<S, V>.Move;
        table->BatchNormalizationBackwardChannels = &BatchNormalizationLanes<S, V>.BackwardChannels;
        table->BatchNormalizationForwardChannels = &BatchNormalizationLanes<S, V>.ForwardChannels;
        table->BatchNormalizationInputGradient = &BatchNormalizationLanes<S, V>.InputGradient;
        table->BatchNormalizationNormalize = &BatchNormalizationLanes<S, V>.Normalize;
        table->BatchNormalizationTileGradientSums = &BatchNormalizationLanes<S, V>.TileGradientSums;
        table->BatchNormalizationTileStatistics = &BatchNormalizationLanes<S, V>.TileStatistics;
        table->ConvolutionForward = &ConvolutionLanes<S, V>.Forward;
        table->ConvolutionForwardPooled = &ConvolutionLanes<S, V>.ForwardPooled;
        table->ConvolutionInputGradient = &ConvolutionLanes<S, V>.InputGradient;
        table->ConvolutionWeightGradient = &ConvolutionLanes<S, V>.WeightGradient;
        table->DenseForward = &DenseLanes<S, V>.Forward;
        table->DenseForwardChannels = &DenseLanes<S, V>.ForwardChannels;
        table->DenseInputGradientChannels = &DenseLanes<S, V>.InputGradientChannels;
        table->DenseTransposeGradient = &DenseLanes<S, V>.TransposeGradient;
        table->DenseTransposeGradientChannels = &DenseLanes<S, V>.TransposeGradientChannels;
        table->DenseTransposeInput = &DenseLanes<S, V>.TransposeInput;
        table->DenseTransposeInputChannels = &DenseLanes<S, V>.TransposeInputChannels;
        table->DenseWeightGradientChannels = &DenseLanes<S, V>.WeightGradientChannels;
        table->InputLoad = &InputLanes<S, V>.Load;
        table->PoolingMax2x2Backward = &PoolingLanes<S, V>.Max2x2Backward;
        table->PoolingMax2x2Forward = &PoolingLanes<S, V>.Max2x2Forward;
        table->SingleConvolution = &SingleImageLanes<S, V>.Convolution;
        table->SingleDense = &SingleImageLanes<S, V>.Dense;
    }

    /// <summary>
    /// The rest: kernels that are memory-bound or rarely used. Results do not depend on the instruction set, so those
    /// of another one may be used.
    /// </summary>
    public static void FillOther(KernelTable* table)
    {
        table->ActivationBackward = &ActivationLanes<S, V>.Backward;
        table->ActivationBackwardChannels = &ActivationLanes<S, V>.BackwardChannels;
        table->ActivationForward = &ActivationLanes<S, V>.Forward;
        table->ActivationForwardChannels = &ActivationLanes<S, V>.ForwardChannels;
        table->BatchNormalizationCombine = &BatchNormalizationLanes<S, V>.Combine;
        table->BatchNormalizationCombineGradients = &BatchNormalizationLanes<S, V>.CombineGradients;
        table->ConvolutionPad = &ConvolutionLanes<S, V>.Border;
        table->BatchNormalizationNormalizeInference = &BatchNormalizationLanes<S, V>.NormalizeInference;
        table->BatchNormalizationComputeInvStd = &BatchNormalizationLanes<S, V>.ComputeInvStd;
        table->ConvolutionSumTiles = &ConvolutionLanes<S, V>.SumTiles;
        table->DropoutBackward = &DropoutLanes<S, V>.Backward;
        table->DropoutBackwardChannels = &DropoutLanes<S, V>.BackwardChannels;
        table->DropoutCopy = &DropoutLanes<S, V>.Copy;
        table->DropoutForward = &DropoutLanes<S, V>.Forward;
        table->DropoutForwardChannels = &DropoutLanes<S, V>.ForwardChannels;
        table->LossForward = &LossLanes<S, V>.Forward;
        table->LossGradient = &LossLanes<S, V>.Gradient;
        table->PoolingAverageBackward = &PoolingLanes<S, V>.AverageBackward;
        table->PoolingAverageForward = &PoolingLanes<S, V>.AverageForward;
        table->PoolingMaximumBackward = &PoolingLanes<S, V>.MaximumBackward;
        table->PoolingMaximumForward = &PoolingLanes<S, V>.MaximumForward;
        table->SingleGather = &SingleImageLanes<S, V>.Gather;
        table->SingleLoad = &SingleImageLanes<S, V>.Load;
        table->SinglePool = &SingleImageLanes<S, V>.Pool;
        table->SingleSpread = &SingleImageLanes<S, V>.Spread;
        table->SingleUnroll = &SingleImageLanes<S, V>.Unroll;
        table->ShortcutForward = &ShortcutLanes<S, V>.Forward;
        table->ShortcutForwardChannels = &ShortcutLanes<S, V>.ForwardChannels;
        table->ShortcutRestore = &ShortcutLanes<S, V>.Restore;
        table->ShortcutRestoreChannels = &ShortcutLanes<S, V>.RestoreChannels;
        table->ShortcutSave = &ShortcutLanes<S, V>.Save;
        table->ShortcutSaveChannels = &ShortcutLanes<S, V>.SaveChannels;
    }
}
