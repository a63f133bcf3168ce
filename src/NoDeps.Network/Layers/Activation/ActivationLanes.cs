using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Activations on lanes (pedestrians, section 4; Richard, equations 3 and 23). Every derivative is computed from the
/// output, so an activation may work in place.
/// </summary>
internal static unsafe class ActivationLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;

    /// <summary>Forward, whole tiles.</summary>
    public static void Forward(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++)
        {
            Apply(l, l->Input + tile * l->InputTile, l->Output + tile * l->OutputTile, l->In.Size * Lane);
        }
    }

    /// <summary>Forward, some features of all tiles.</summary>
    public static void ForwardChannels(LayerState* l, int first, int count)
    {
        nint at = (nint)first * Lane;
        for (int tile = 0; tile < l->Batch->Tiles; tile++)
        {
            Apply(l, l->Input + tile * l->InputTile + at, l->Output + tile * l->OutputTile + at, count * Lane);
        }
    }

    /// <summary>Backward, whole tiles.</summary>
    public static void Backward(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++) Apply(l, tile, 0, l->In.Size * Lane);
    }

    /// <summary>Backward, some features of all tiles.</summary>
    public static void BackwardChannels(LayerState* l, int first, int count)
    {
        for (int tile = 0; tile < l->Batch->Tiles; tile++) Apply(l, tile, (nint)first * Lane, count * Lane);
    }

    private static void Apply(LayerState* l, float* x, float* y, int n)
    {
        switch (l->Kind)
        {
            case LayerKind.Relu:
                for (int i = 0; i < n; i += S.Count) S.Store(y + i, S.Max(S.Zero, S.Load(x + i)));
                break;
            case LayerKind.LeakyRelu:
                V slope = S.Create(l->LeakyRelu->Slope);
                for (int i = 0; i < n; i += S.Count)
                {
                    V v = S.Load(x + i);
                    S.Store(y + i, S.SelectGreater(v, S.Zero, v, S.Multiply(slope, v)));
                }
                break;
            case LayerKind.Sigmoid:
                for (int i = 0; i < n; i += S.Count) S.Store(y + i, ExponentialLanes<S, V>.Sigmoid(S.Load(x + i)));
                break;
            default:
                for (int i = 0; i < n; i += S.Count) S.Store(y + i, ExponentialLanes<S, V>.Tanh(S.Load(x + i)));
                break;
        }
    }

    private static void Apply(LayerState* l, int tile, nint at, int n)
    {
        float* y = l->Output + tile * l->OutputTile + at;
        float* g = l->OutputGradient + tile * l->OutputTile + at;
        float* to = l->InputGradient + tile * l->InputTile + at;
        V one = S.Create(1f);
        switch (l->Kind)
        {
            case LayerKind.Relu:
                for (int i = 0; i < n; i += S.Count)
                {
                    S.Store(to + i, S.SelectGreater(S.Load(y + i), S.Zero, S.Load(g + i), S.Zero));
                }
                break;
            case LayerKind.LeakyRelu:
                V slope = S.Create(l->LeakyRelu->Slope);
                for (int i = 0; i < n; i += S.Count)
                {
                    V d = S.Load(g + i);
                    S.Store(to + i, S.SelectGreater(S.Load(y + i), S.Zero, d, S.Multiply(slope, d)));
                }
                break;
            case LayerKind.Sigmoid:
                for (int i = 0; i < n; i += S.Count)
                {
                    V v = S.Load(y + i);
                    S.Store(to + i, S.Multiply(S.Load(g + i), S.Multiply(v, S.Subtract(one, v))));
                }
                break;
            default:
                for (int i = 0; i < n; i += S.Count)
                {
                    V v = S.Load(y + i);
                    S.Store(to + i, S.Multiply(S.Load(g + i), S.FmaNegated(v, v, one)));
                }
                break;
        }
    }
}
