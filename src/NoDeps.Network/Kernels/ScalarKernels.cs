namespace NoDeps.Network;

/// <summary>The papers' sums in place of the vectorized convolution, dense and pooling layers.</summary>
internal static unsafe class ScalarKernels
{
    /// <summary>Replaces their fields of a filled table.</summary>
    public static void Fill(KernelTable* table)
    {
        table->ConvolutionForward = &ConvolutionScalar.Forward;
        table->ConvolutionInputGradient = &ConvolutionScalar.InputGradient;
        table->ConvolutionWeightGradient = &ConvolutionScalar.WeightGradient;
        table->DenseForward = &DenseScalar.Forward;
        table->DenseForwardChannels = &DenseScalar.ForwardChannels;
        table->DenseInputGradientChannels = &DenseScalar.InputGradientChannels;
        table->DenseWeightGradientChannels = &DenseScalar.WeightGradientChannels;
        table->PoolingAverageBackward = &PoolingScalar.AverageBackward;
        table->PoolingAverageForward = &PoolingScalar.AverageForward;
        table->PoolingMaximumBackward = &PoolingScalar.MaximumBackward;
        table->PoolingMaximumForward = &PoolingScalar.MaximumForward;
        table->PoolingMax2x2Backward = &PoolingScalar.MaximumBackward;
        table->PoolingMax2x2Forward = &PoolingScalar.MaximumForward;
    }
}
