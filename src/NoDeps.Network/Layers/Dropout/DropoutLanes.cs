using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Inverted dropout on lanes: in training an element is 0 with probability p and divided by 1 − p otherwise. What is
/// dropped depends only on seed, step, layer, sample and element.
/// </summary>
internal static unsafe class DropoutLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;

    /// <summary>Draws the factors of some elements of some tiles and applies them.</summary>
    private static void Draw(LayerState* l, int tile, int element, int elements)
    {
        DropoutState* own = l->Dropout;
        float* x = l->Input + tile * l->InputTile;
        float* y = l->Output + tile * l->OutputTile;
        float* factors = own->Factors + tile * l->OutputTile;
        ulong stream = (uint)l->Batch->Step | (ulong)(uint)(l->Index + 1) << 32;
        DropoutFactors.Draw(factors + (nint)element * Lane, element, elements, tile, own->Probability, l->Batch->Seed, stream);
        Scale(x + (nint)element * Lane, factors + (nint)element * Lane, y + (nint)element * Lane, elements * Lane);
    }

    private static void Scale(float* x, float* factors, float* to, int n)
    {
        for (int i = 0; i < n; i += S.Count) S.Store(to + i, S.Multiply(S.Load(x + i), S.Load(factors + i)));
    }

    /// <summary>Training forward, tiles.</summary>
    public static void Forward(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++) Draw(l, tile, 0, l->In.Size);
    }

    /// <summary>Training forward, some features of all tiles.</summary>
    public static void ForwardChannels(LayerState* l, int first, int count)
    {
        for (int tile = 0; tile < l->Batch->Tiles; tile++) Draw(l, tile, first, count);
    }

    /// <summary>Backward, tiles.</summary>
    public static void Backward(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++)
        {
            Scale(l->OutputGradient + tile * l->OutputTile, l->Dropout->Factors + tile * l->OutputTile,
                l->InputGradient + tile * l->InputTile, l->In.Size * Lane);
        }
    }

    /// <summary>Backward, some features of all tiles.</summary>
    public static void BackwardChannels(LayerState* l, int first, int count)
    {
        nint at = (nint)first * Lane;
        for (int tile = 0; tile < l->Batch->Tiles; tile++)
        {
            Scale(l->OutputGradient + tile * l->OutputTile + at, l->Dropout->Factors + tile * l->OutputTile + at,
                l->InputGradient + tile * l->InputTile + at, count * Lane);
        }
    }

    /// <summary>Evaluation: the identity, needed only if the output has its own buffer.</summary>
    public static void Copy(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++)
        {
            float* x = l->Input + tile * l->InputTile;
            float* y = l->Output + tile * l->OutputTile;
            for (int i = 0; i < l->In.Size * Lane; i += S.Count) S.Store(y + i, S.Load(x + i));
        }
    }
}
