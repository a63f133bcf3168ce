namespace NoDeps.Network;

/// <summary>What only a leaky ReLU has.</summary>
internal unsafe struct LeakyReluState
{
    /// <summary>Factor of negative inputs.</summary>
    public float Slope;

    /// <summary>Lays a leaky ReLU out.</summary>
    public static void Plan(ref LayerState l, Layer layer, EngineLayout layout)
    {
        LeakyReluState own = new() { Slope = layer.Slope };
        l.Set(layout.Place(in own));
    }
}
