namespace NoDeps.Network;

/// <summary>One piece of a pass: a function of a layer and a range of tiles or of channels.</summary>
internal unsafe struct Step
{
    /// <summary>The work: (layer, first, count).</summary>
    public delegate*<LayerState*, int, int, void> Body;
    /// <summary>What it works on.</summary>
    public LayerState* Layer;
    /// <summary>Better done for several tiles at once (dense layers share their weights).</summary>
    public bool Grouped;
}
