namespace NoDeps.Network;

/// <summary>What only a dropout has.</summary>
internal unsafe struct DropoutState
{
    /// <summary>Probability with which an element is dropped.</summary>
    public float Probability;
    /// <summary>Training: what each element was multiplied by.</summary>
    public float* Factors;

    /// <summary>Lays a dropout out.</summary>
    public static void Plan(ref LayerState l, Layer layer, EngineLayout layout)
    {
        DropoutState own = new() { Probability = layer.DropProbability };
        if (layout.IsTraining) own.Factors = layout.Activation(l.Out.Size);
        l.Set(layout.Place(in own));
    }
}
