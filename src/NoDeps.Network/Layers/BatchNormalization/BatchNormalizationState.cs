namespace NoDeps.Network;

/// <summary>The state of a batch normalization.</summary>
internal unsafe struct BatchNormalizationState
{
    /// <summary>Sums per tile and channel.</summary>
    public double* Statistics;
    /// <summary>Per tile and channel: two sums for each of 16 lanes.</summary>
    public float* LaneSums;
    /// <summary>Mean and 1/√(variance + ε) of the batch, per channel.</summary>
    public float* Mean, InvStd;
    public double* MeanGradient;
    public float* RunningMean, RunningVariance;
    /// <summary>Inference: 1/√(running variance + ε).</summary>
    public float* RunningInvStd;
    public long* BatchesTracked;
    /// <summary>Its input is the output of a ReLU, whose gradient this layer also applies.</summary>
    public bool MasksRelu;
    /// <summary>
    /// In training it also does the work of <see cref="Pool"/>, the max pooling after it; its own output and the
    /// gradient of the pooling's input are only written when the options request them.
    /// </summary>
    public bool Pools, KeepsOutput;
    /// <summary>The max pooling after it, if <see cref="Pools"/>.</summary>
    public LayerState* Pool;

    /// <summary>Lays out a batch normalization.</summary>
    /// <param name="l">The layer.</param>
    /// <param name="masksRelu">See <see cref="MasksRelu"/>.</param>
    /// <param name="pool">The pooling that it does in training, or null.</param>
    /// <param name="keepsOutput">See <see cref="KeepsOutput"/>.</param>
    /// <param name="layout">Provides the memory.</param>
    public static void Plan(ref LayerState l, bool masksRelu, LayerState* pool, bool keepsOutput, EngineLayout layout)
    {
        BatchNormalizationState own = default;
        int channels = l.In.Channels;
        own.RunningMean = layout.Floats(channels);
        own.RunningVariance = layout.Floats(channels);
        own.RunningInvStd = layout.Floats(channels);
        own.BatchesTracked = (long*)layout.Bytes(sizeof(long));
        if (layout.IsTraining)
        {
            own.Mean = layout.Floats(channels);
            own.InvStd = layout.Floats(channels);
            own.MeanGradient = (double*)layout.Bytes(2L * sizeof(double) * channels);
            own.Statistics = (double*)layout.TileBytes(2L * sizeof(double) * channels);
            own.LaneSums = layout.Tiles(2L * Primitives.Lanes.Count * channels);
            own.MasksRelu = masksRelu;
            own.Pool = pool;
            own.Pools = pool != null;
            own.KeepsOutput = keepsOutput;
        }
        l.Set(layout.Place(in own));
    }
}
