using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The state of a dense layer.</summary>
internal unsafe struct DenseState
{
    /// <summary>Maximum work items of the input gradient, each with its own scratch.</summary>
    private const int MaxGradientItems = 16;
    /// <summary>Maximum work items of the forward pass.</summary>
    private const int MaxForwardItems = 8;

    /// <summary>
    /// [sample][feature] of the input and of the output gradient; a sample's row has …Row floats. For a single image:
    /// 16 floats of scratch per output.
    /// </summary>
    public float* Transposed, TransposedGradient;
    public nint TransposedRow, TransposedGradientRow;
    /// <summary>Input features of a work item of the backward pass.</summary>
    public int PanelFeatures;
    /// <summary>Scratch for such items: the weights as panels; the stride from one to the next; which are in use.</summary>
    public float* Scratch;
    public nint ScratchStride;
    public int* ScratchTaken;
    /// <summary>Output features of a work item of the forward pass in training.</summary>
    public int PanelOutputs;

    /// <summary>Lays out a dense layer.</summary>
    public static void Plan(ref LayerState l, EngineLayout layout)
    {
        DenseState own = default;
        if (layout.IsSingle) own.Transposed = layout.Floats((long)EngineLayout.RoundUp(l.Out.Size) * Lanes.Count);
        if (layout.IsTraining)
        {
            // Odd multiples of 16: a column's elements spread over all sets of the cache.
            own.TransposedRow = EngineLayout.RoundUp(l.In.Size) | Lanes.Count;
            own.TransposedGradientRow = EngineLayout.RoundUp(l.Out.Size) | Lanes.Count;
            own.Transposed = layout.Tiles(Lanes.Count * own.TransposedRow);
            own.TransposedGradient = layout.Tiles(Lanes.Count * own.TransposedGradientRow);
            const int width = Panel.Columns;
            own.PanelFeatures = (l.In.Size + width * MaxGradientItems - 1) / (width * MaxGradientItems) * width;
            own.PanelOutputs = EngineLayout.RoundUp((l.Out.Size + MaxForwardItems - 1) / MaxForwardItems);
            // A tile's product, a transposed block and panels; or, later, a block of the weight gradient.
            own.ScratchStride = Lanes.Count * (width + Lanes.Count) + (nint)(l.Out.Size + Panel.MaxRows) * own.PanelFeatures;
            int items = (l.In.Size + own.PanelFeatures - 1) / own.PanelFeatures;
            own.Scratch = layout.Floats(items * own.ScratchStride);
            own.ScratchTaken = (int*)layout.Bytes((long)items * sizeof(int));
        }
        l.Set(layout.Place(in own));
    }
}
