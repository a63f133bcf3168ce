namespace NoDeps.Network;

/// <summary>What only the network's input has.</summary>
internal unsafe struct InputState
{
    /// <summary>For each tile room for gathering images, see <see cref="InputLanes{S, V}"/>.</summary>
    public float* Scratch;

    /// <summary>Lays the input out.</summary>
    public static void Plan(ref LayerState l, EngineLayout layout)
    {
        InputState own = default;
        own.Scratch = layout.Tiles(InputLanes.ScratchFloats);
        l.Set(layout.Place(in own));
    }
}
