namespace NoDeps.Network;

/// <summary>The state of a leaky ReLU.</summary>
internal unsafe struct LeakyReluState
{
    /// <summary>Factor of negative inputs.</summary>
    public float Slope;

    /// <summary>Lays out a leaky ReLU.</summary>
    public static void Plan(ref LayerState l, Layer layer, EngineLayout layout)
    {
        LeakyReluState own = new() { Slope = layer.Slope };
        l.Set(layout.Place(in own));
    }
}
