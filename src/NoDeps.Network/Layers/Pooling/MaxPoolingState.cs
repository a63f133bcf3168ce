namespace NoDeps.Network;

/// <summary>What only a maximum pooling has.</summary>
internal unsafe struct MaxPoolingState
{
    /// <summary>
    /// For each output which element of its window is the largest or, where a batch normalization does the pooling in training, the
    /// input of that from which the largest came.
    /// </summary>
    public float* ArgMax;

    /// <summary>Lays a maximum pooling out.</summary>
    public static void Plan(ref LayerState l, EngineLayout layout)
    {
        MaxPoolingState own = default;
        own.ArgMax = layout.Activation(l.Out.Size);
        l.Set(layout.Place(in own));
    }
}
