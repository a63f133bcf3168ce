namespace NoDeps.Network;

/// <summary>
/// A layer at work: its geometry, and where everything it reads and writes lies. Lives in the engine's memory block, and
/// is what a step gets. Activations and gradients are [tile][channel][row][column][16]; a step from a tile to the next
/// is its ...Tile field, in floats.
/// </summary>
internal unsafe struct LayerState
{
    public BatchState* Batch;
    public LayerKind Kind;
    public LossKind Loss;
    public Shape In, Out;
    public Geometry Window;
    public float Slope, DropProbability;
    public int Index;
    /// <summary>
    /// Convolution in evaluation mode: the maximum pooling that takes its output strip by strip, so that the output as a
    /// whole is never stored, and the batchnorm between the two, if any. Dense, one image: the batchnorm after it.
    /// </summary>
    public LayerState* Pooling, Normalization;

    /// <summary>The input, and the output that this layer writes; the same when it works in place.</summary>
    public float* Input, Output;
    public nint InputTile, OutputTile;
    /// <summary>One image by itself: floats from a channel to the next.</summary>
    public nint InputStep, OutputStep;
    /// <summary>Gradients of the loss with respect to both; the same where the layer changes no shape.</summary>
    public float* InputGradient, OutputGradient;

    public float* Weight, Bias, WeightGradient, BiasGradient;

    /// <summary>Convolution: 0 when a ReLU is part of it, −∞ otherwise.</summary>
    public float Floor;
    /// <summary>Convolution: the input with zero columns left and right; the input itself when there is no such padding.</summary>
    public float* PaddedInput;
    public nint PaddedInputTile;
    public int PaddedInputColumns;
    /// <summary>
    /// Convolution: its forward pass. On lanes the job of a row, which lacks where input, weights and output of the row begin
    /// and how many kernel rows meet the input. Of one image by itself all of it, over the unrolled input in
    /// <see cref="PaddedInput"/>; a column is 16 positions of the output then.
    /// </summary>
    public Correlation Descriptor;
    /// <summary>Convolution: the output gradient with zero columns left and right, for the input gradient.</summary>
    public float* PaddedGradient;
    public nint PaddedGradientTile;
    public int PaddedGradientColumns, PaddedGradientLeft;
    /// <summary>Convolution: accumulators of weight gradients, and sums of them, for each tile.</summary>
    public float* Sums;
    public nint SumsTile;
    /// <summary>Convolution: gradients of weights and biases for each tile, in the order of the flat parameter array.</summary>
    public float* Partial;
    public nint PartialTile;
    public int PartialCount;

    /// <summary>
    /// Dense: [sample][feature] of the input and the output gradient; a sample's row has ...Row floats. One image: room for
    /// 16 floats for each output.
    /// </summary>
    public float* Transposed, TransposedGradient;
    public nint TransposedRow, TransposedGradientRow;
    /// <summary>
    /// Dense: rooms for what a piece of the backward pass, so many input features, needs meanwhile: the weights as panels.
    /// </summary>
    public float* Scratch;
    public nint ScratchStride;
    public int PanelFeatures;
    /// <summary>Dense: which of the rooms somebody uses.</summary>
    public int* ScratchTaken;
    /// <summary>Dense: output features of a piece of the forward pass in training mode.</summary>
    public int PanelOutputs;

    /// <summary>A dense layer whose rows of weights are whole vectors: <see cref="BatchState.Update"/> concerns it.</summary>
    public readonly bool CanFuseUpdate => Kind == LayerKind.Dense && In.Size % 16 == 0;

    /// <summary>Batchnorm: sums for each tile and channel; then mean and 1/√(variance + ε) for each channel.</summary>
    public double* Statistics;
    public float* LaneSums;
    public float* Mean, InvStd;
    public double* MeanGradient;
    public float* RunningMean, RunningVariance;
    /// <summary>Batchnorm in evaluation mode: 1/√(running variance + ε).</summary>
    public float* RunningInvStd;
    public long* BatchesTracked;
    /// <summary>Batchnorm: its input is the output of a ReLU, whose gradient this layer applies too.</summary>
    public bool MasksRelu;
    /// <summary>
    /// Batchnorm: in training it does the work of the maximum pooling after it, too, and its own output and that one's
    /// gradient are only written where somebody wants to see them.
    /// </summary>
    public bool Pools, KeepsOutput;

    /// <summary>
    /// Maximum pooling: which element of the window won, or, in training as part of a batchnorm, the input of that from
    /// which the winner came; dropout: the factors.
    /// </summary>
    public float* Positions;
    /// <summary>
    /// Shortcut: the earlier output, its gradient, what that is without this layer's share (the same place, unless
    /// gradients are kept), and a copy of what flows back to it.
    /// </summary>
    public float* SkipInput, SkipGradient, SkipGradientSum, Saved;
    public nint SkipTile;
    /// <summary>Loss: probabilities [tile][class][16], and four rows of 16 for each tile: sum, maximum, prediction, loss.</summary>
    public float* Probabilities, Rows;
    /// <summary>Loss: the share of the target that is spread over all classes.</summary>
    public double Smoothing;
    /// <summary>Convolution by im2col: for each tile the matrix of the patches of one sample.</summary>
    public float* Columns;
    public nint ColumnsTile;
}
