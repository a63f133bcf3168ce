namespace NoDeps.Network;

/// <summary>The state of the loss.</summary>
internal unsafe struct LossState
{
    /// <summary>Rows of 16 floats per tile: maximum, sum, prediction.</summary>
    private const int RowsPerTile = 3;

    public LossKind Kind;
    /// <summary>The share of the target that is spread over all classes.</summary>
    public double Smoothing;
    /// <summary>Softmax: probabilities [tile][class][16].</summary>
    public float* Probabilities;
    /// <summary>The weight of each class, and the same times the share of the target that is spread over all classes.</summary>
    public float* ClassWeights, SpreadWeights;
    /// <summary>Sum of the class weights times that share.</summary>
    public double TotalSpread;
    /// <summary>Per tile, rows of 16 floats, see <see cref="LossLanes{S, V}"/>.</summary>
    public float* Rows;

    /// <summary>Lays out the loss.</summary>
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
