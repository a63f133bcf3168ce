namespace NoDeps.Network;

/// <summary>What only an activation has.</summary>
internal unsafe struct ActivationState
{
    /// <summary>Leaky ReLU: factor of negative inputs.</summary>
    public float Slope;

    /// <summary>Lays an activation out.</summary>
    public static void Plan(ref LayerState l, Layer layer, EngineLayout layout)
    {
        ActivationState own = new() { Slope = layer.Slope };
        l.Set(layout.Place(in own));
    }
}
