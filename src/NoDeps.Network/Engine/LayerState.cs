namespace NoDeps.Network;

/// <summary>
/// The state of a layer: the fields common to all kinds, and a pointer to those specific to its kind. Lives in the engine's
/// memory block and is the argument of an op. Activations and gradients are [tile][channel][row][column][16]; the …Tile
/// fields are the distances from one tile to the next, in floats.
/// </summary>
internal unsafe struct LayerState
{
    public BatchState* Batch;
    public LayerKind Kind;
    public int Index;
    public Shape In, Out;
    /// <summary>Convolution and pooling layers.</summary>
    public Geometry Window;

    /// <summary>The input, and the output that this layer writes; equal when it works in place.</summary>
    public float* Input, Output;
    public nint InputTile, OutputTile;
    /// <summary>A single image: floats from one channel to the next.</summary>
    public nint InputChannelStride, OutputChannelStride;
    /// <summary>Gradients of the loss with respect to both; equal if the layer does not change the shape.</summary>
    public float* InputGradient, OutputGradient;

    public float* Weight, Bias, WeightGradient, BiasGradient;

    /// <summary>Convolution and dense layers: 0 when a ReLU is fused into them, −∞ otherwise.</summary>
    public float ReluFloor;
    /// <summary>
    /// Inference: the max pooling that consumes a convolution's output strip by strip, so that the whole output is
    /// never stored, and the batch normalization before it, if any. For a dense layer and a single image: the batch
    /// normalization after it.
    /// </summary>
    public LayerState* FusedPooling, FusedNormalization;

    private void* _own;

    /// <summary>Sets the state of this kind of layer.</summary>
    public void Set(void* own) => _own = own;

    public readonly InputState* InputHead => (InputState*)_own;
    public readonly ConvolutionState* Convolution => (ConvolutionState*)_own;
    public readonly DenseState* Dense => (DenseState*)_own;
    public readonly BatchNormalizationState* BatchNormalization => (BatchNormalizationState*)_own;
    public readonly MaxPoolingState* MaxPooling => (MaxPoolingState*)_own;
    public readonly LeakyReluState* LeakyRelu => (LeakyReluState*)_own;
    public readonly DropoutState* Dropout => (DropoutState*)_own;
    public readonly ShortcutState* Shortcut => (ShortcutState*)_own;
    public readonly LossState* LossHead => (LossState*)_own;

    /// <summary>A dense layer whose rows of weights are whole vectors: <see cref="BatchState.Update"/> applies to it.</summary>
    public readonly bool CanFuseUpdate => Kind == LayerKind.Dense && In.Size % 16 == 0;
}
