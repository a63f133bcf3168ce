using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Batch normalization fused with the 2 × 2 max pooling after it: the normalized numbers, four times as many as the
/// pooled ones, need not be written and read again. For every window the x of the maximum is stored instead of its
/// index: the sums over the gradient need it, and it determines the index, since equal x have equal y and the first of
/// equal ones is the maximum. Results equal those of <see cref="BatchNormalizationLanes{S, V}"/> and
/// <see cref="PoolingLanes{S, V}"/>.
/// </summary>
internal static unsafe class NormalizedPoolingLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;

    /// <summary>max γ·(x − μ)/√(σ² + ε) + β over the windows of a channel of a tile.</summary>
    /// <param name="l">The batch normalization; the layer after it is the pooling.</param>
    /// <param name="tile">Which tile.</param>
    /// <param name="c">Which channel.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Forward(LayerState* l, int tile, int c)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        LayerState* pool = own->Pool;
        V shift = S.Create(own->Mean[c]), scale = S.Create(l->Weight[c] * own->InvStd[c]), bias = S.Create(l->Bias[c]);
        nint row = (nint)l->In.Columns * Lane, at = tile * pool->OutputTile + (nint)c * pool->Out.Plane * Lane;
        for (int lane = 0; lane < Lane; lane += S.Count)
        {
            float* p = l->Input + tile * l->InputTile + (nint)c * l->In.Plane * Lane + lane;
            float* y = pool->Output + at + lane;
            float* winners = pool->MaxPooling->ArgMax + at + lane;
            for (int i = pool->Out.Rows; i > 0; i--)
            {
                for (int j = pool->Out.Columns; j > 0; j--)
                {
                    V winner = S.Load(p), best = S.Fma(S.Subtract(winner, shift), scale, bias);
                    V x = S.Load(p + Lane), value = S.Fma(S.Subtract(x, shift), scale, bias);
                    winner = S.SelectGreater(value, best, x, winner);
                    best = S.Max(value, best);
                    x = S.Load(p + row);
                    value = S.Fma(S.Subtract(x, shift), scale, bias);
                    winner = S.SelectGreater(value, best, x, winner);
                    best = S.Max(value, best);
                    x = S.Load(p + row + Lane);
                    value = S.Fma(S.Subtract(x, shift), scale, bias);
                    S.Store(winners, S.SelectGreater(value, best, x, winner));
                    S.Store(y, S.Max(value, best));
                    p += 2 * Lane;
                    y += Lane;
                    winners += Lane;
                }
                p += row;
            }
        }
    }

    /// <summary>
    /// The gradient of the normalization's input, as in <see cref="BatchNormalizationLanes{S, V}.InputGradient"/>, from
    /// that of the pooling's output; the gradient of the normalization's output, in between, is written if there is a
    /// buffer for it.
    /// </summary>
    /// <param name="l">The batch normalization; its input gradient may overlap its input.</param>
    /// <param name="tile">Which tile.</param>
    /// <param name="c">Which channel.</param>
    public static void Backward(LayerState* l, int tile, int c)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        if (l->OutputGradient != null) Backward(l, tile, c, l->OutputGradient, 1f, 0f, 0f, float.NegativeInfinity);
        // The gradient of a ReLU before it is 0 where x is 0.
        Backward(l, tile, c, l->InputGradient, l->Weight[c] * own->InvStd[c], (float)own->MeanGradient[2 * c],
            (float)own->MeanGradient[2 * c + 1], own->MasksRelu ? 0f : float.NegativeInfinity);
    }

    /// <summary>scale · (δ − meanGradient − (x − μ) · meanMoment) where x is above least, otherwise 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Backward(LayerState* l, int tile, int c, float* gradient, float scale, float meanGradient,
        float meanMoment, float least)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        LayerState* pool = own->Pool;
        V mean = S.Create(own->Mean[c]), floor = S.Create(least);
        nint row = (nint)l->In.Columns * Lane, at = tile * pool->OutputTile + (nint)c * pool->Out.Plane * Lane;
        nint place = tile * l->InputTile + (nint)c * l->In.Plane * Lane;
        for (int lane = 0; lane < Lane; lane += S.Count)
        {
            // The scale is 0 in unused lanes.
            V factor = S.And(S.Load(l->Batch->Masks + (nint)tile * Lane + lane), S.Create(scale));
            V shift = S.Multiply(factor, S.Create(meanGradient)), moment = S.Multiply(factor, S.Create(meanMoment));
            float* p = l->Input + place + lane;
            float* to = gradient + place + lane;
            float* g = pool->OutputGradient + at + lane;
            float* winners = pool->MaxPooling->ArgMax + at + lane;
            for (int i = pool->Out.Rows; i > 0; i--)
            {
                for (int j = pool->Out.Columns; j > 0; j--)
                {
                    V winner = S.Load(winners), left = S.Multiply(factor, S.Load(g));
                    V x = S.Load(p), d = S.Subtract(S.SelectEqual(x, winner, left, S.Zero), shift);
                    left = S.SelectEqual(x, winner, S.Zero, left);
                    S.Store(to, S.SelectGreater(x, floor, S.FmaNegated(S.Subtract(x, mean), moment, d), S.Zero));
                    x = S.Load(p + Lane);
                    d = S.Subtract(S.SelectEqual(x, winner, left, S.Zero), shift);
                    left = S.SelectEqual(x, winner, S.Zero, left);
                    S.Store(to + Lane, S.SelectGreater(x, floor, S.FmaNegated(S.Subtract(x, mean), moment, d), S.Zero));
                    x = S.Load(p + row);
                    d = S.Subtract(S.SelectEqual(x, winner, left, S.Zero), shift);
                    left = S.SelectEqual(x, winner, S.Zero, left);
                    S.Store(to + row, S.SelectGreater(x, floor, S.FmaNegated(S.Subtract(x, mean), moment, d), S.Zero));
                    x = S.Load(p + row + Lane);
                    d = S.Subtract(S.SelectEqual(x, winner, left, S.Zero), shift);
                    S.Store(to + row + Lane, S.SelectGreater(x, floor, S.FmaNegated(S.Subtract(x, mean), moment, d), S.Zero));
                    p += 2 * Lane;
                    to += 2 * Lane;
                    g += Lane;
                    winners += Lane;
                }
                p += row;
                to += row;
            }
        }
    }
}
