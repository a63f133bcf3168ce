namespace NoDeps.Network;

/// <summary>One operation of a pass: a function of a layer and a range of tiles or of channels.</summary>
internal unsafe struct Op
{
    /// <summary>The function: (layer, first, count).</summary>
    public delegate*<LayerState*, int, int, void> Kernel;
    /// <summary>The layer.</summary>
    public LayerState* Layer;
    /// <summary>True if the op is faster for several tiles at once (dense layers reuse their weights).</summary>
    public bool BatchesTiles;
    /// <summary>The time that the batch's clock measured while it ran, summed over all threads.</summary>
    public long Time;
}
