namespace NoDeps.Network;

/// <summary>The state of a max pooling.</summary>
internal unsafe struct MaxPoolingState
{
    /// <summary>
    /// For each output, the index of the maximum in its window or, where a batch normalization does the pooling in
    /// training, the normalization's input at the maximum.
    /// </summary>
    public float* ArgMax;

    /// <summary>Lays out a max pooling.</summary>
    public static void Plan(ref LayerState l, EngineLayout layout)
    {
        MaxPoolingState own = default;
        own.ArgMax = layout.Activation(l.Out.Size);
        l.Set(layout.Place(in own));
    }
}
