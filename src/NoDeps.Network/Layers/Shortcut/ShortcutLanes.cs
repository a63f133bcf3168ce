using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Shortcut connections on lanes (pedestrians, section 2, side note): output(i − 1) + output(i − k); the gradient flows
/// unchanged to both.
/// </summary>
internal static unsafe class ShortcutLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;

    /// <summary>The sum, whole tiles.</summary>
    public static void Forward(LayerState* l, int first, int count)
    {
        ShortcutState* own = l->Shortcut;
        for (int tile = first; tile < first + count; tile++)
        {
            Add(l->Input + tile * l->InputTile, own->Input + tile * own->InputTile, l->Output + tile * l->OutputTile, l->In.Size * Lane);
        }
    }

    /// <summary>The sum, some features of all tiles.</summary>
    public static void ForwardChannels(LayerState* l, int first, int count)
    {
        ShortcutState* own = l->Shortcut;
        nint at = (nint)first * Lane;
        for (int tile = 0; tile < l->Batch->Tiles; tile++)
        {
            Add(l->Input + tile * l->InputTile + at, own->Input + tile * own->InputTile + at,
                l->Output + tile * l->OutputTile + at, count * Lane);
        }
    }

    /// <summary>Copies the gradient for the earlier output, whole tiles; the original flows on to the layer before.</summary>
    public static void Save(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++) Copy(l, tile, 0, l->In.Size * Lane);
    }

    /// <summary>The same for some features of all tiles.</summary>
    public static void SaveChannels(LayerState* l, int first, int count)
    {
        for (int tile = 0; tile < l->Batch->Tiles; tile++) Copy(l, tile, (nint)first * Lane, count * Lane);
    }

    private static void Copy(LayerState* l, int tile, nint at, int n)
    {
        float* from = l->OutputGradient + tile * l->OutputTile + at;
        float* to = l->Shortcut->SavedGradient + tile * l->OutputTile + at;
        for (int i = 0; i < n; i += S.Count) S.Store(to + i, S.Load(from + i));
        to = l->InputGradient + tile * l->InputTile + at;
        if (to == from) return;
        for (int i = 0; i < n; i += S.Count) S.Store(to + i, S.Load(from + i));
    }

    private static void Add(float* a, float* b, float* to, int n)
    {
        for (int i = 0; i < n; i += S.Count) S.Store(to + i, S.Add(S.Load(a + i), S.Load(b + i)));
    }

    /// <summary>
    /// Adds the saved gradient to that of the earlier output, whole tiles. The layer is the shortcut.
    /// </summary>
    public static void Restore(LayerState* l, int first, int count)
    {
        ShortcutState* own = l->Shortcut;
        for (int tile = first; tile < first + count; tile++)
        {
            float* g = own->Gradient + tile * l->OutputTile;
            Add(own->GradientSum + tile * l->OutputTile, own->SavedGradient + tile * l->OutputTile, g, l->In.Size * Lane);
        }
    }

    /// <summary>The same for some features of all tiles.</summary>
    public static void RestoreChannels(LayerState* l, int first, int count)
    {
        ShortcutState* own = l->Shortcut;
        nint at = (nint)first * Lane;
        for (int tile = 0; tile < l->Batch->Tiles; tile++)
        {
            float* g = own->Gradient + tile * l->OutputTile + at;
            Add(own->GradientSum + tile * l->OutputTile + at, own->SavedGradient + tile * l->OutputTile + at, g, count * Lane);
        }
    }
}
