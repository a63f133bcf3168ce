namespace NoDeps.Network;

/// <summary>What only the loss has.</summary>
internal unsafe struct LossState
{
    /// <summary>Rows of 16 for each tile: maximum, sum, prediction.</summary>
    private const int RowsPerTile = 3;

    public LossKind Kind;
    /// <summary>The share of the target that is spread over all classes.</summary>
    public double Smoothing;
    /// <summary>Softmax: probabilities [tile][class][16].</summary>
    public float* Probabilities;
    /// <summary>Room for a weight of each class, and those times the share of the target that is spread over all of them.</summary>
    public float* ClassWeights, SpreadWeights;
    /// <summary>Σ of the latter.</summary>
    public double TotalSpread;
    /// <summary>For each tile rows of 16, see <see cref="LossLanes{S, V}"/>.</summary>
    public float* Rows;

    /// <summary>Lays the loss out.</summary>
    public static void Plan(ref LayerState l, NetworkDescription network, EngineLayout layout)
    {
        LossState own = new() { Kind = network.Loss, Smoothing = network.Smoothing };
        if (network.Loss == LossKind.SoftmaxCrossEntropy) own.Probabilities = layout.Activation(network.Output.Size);
        if (layout.IsTraining)
        {
            own.ClassWeights = layout.Floats(network.Classes);
            own.SpreadWeights = layout.Floats(network.Classes);
        }
        own.Rows = layout.Tiles(RowsPerTile * Primitives.Lanes.Count);
        l.Set(layout.Place(in own));
    }
}
