namespace NoDeps.Network;

/// <summary>The state of the network's input.</summary>
internal unsafe struct InputState
{
    /// <summary>Per tile, scratch for gathering images, see <see cref="InputLanes{S, V}"/>.</summary>
    public float* Scratch;

    /// <summary>Lays out the input.</summary>
    public static void Plan(ref LayerState l, EngineLayout layout)
    {
        InputState own = default;
        own.Scratch = layout.Tiles(InputLanes.ScratchFloats);
        l.Set(layout.Place(in own));
    }
}
