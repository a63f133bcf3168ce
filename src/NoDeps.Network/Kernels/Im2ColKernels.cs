namespace NoDeps.Network;

/// <summary>Convolution by im2col and a matrix product in place of the vectorized one.</summary>
internal static unsafe class Im2ColKernels
{
    /// <summary>Replaces the convolution's fields of a filled table.</summary>
    public static void Fill(KernelTable* table)
    {
        table->ConvolutionForward = &ConvolutionIm2Col.Forward;
        table->ConvolutionInputGradient = &ConvolutionIm2Col.InputGradient;
        table->ConvolutionWeightGradient = &ConvolutionIm2Col.WeightGradient;
    }
}
