namespace NoDeps.Network;

/// <summary>The state of a dropout layer.</summary>
internal unsafe struct DropoutState
{
    /// <summary>Probability with which an element is dropped.</summary>
    public float Probability;
    /// <summary>Training: the factor of each element.</summary>
    public float* Factors;

    /// <summary>Lays out a dropout layer.</summary>
    public static void Plan(ref LayerState l, Layer layer, EngineLayout layout)
    {
        DropoutState own = new() { Probability = layer.DropProbability };
        if (layout.IsTraining) own.Factors = layout.Activation(l.Out.Size);
        l.Set(layout.Place(in own));
    }
}
