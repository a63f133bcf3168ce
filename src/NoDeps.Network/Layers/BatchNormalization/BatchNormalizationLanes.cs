using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Batch normalization on lanes (pedestrians, section 9), as in PyTorch: ε = 1e-5, momentum 0.1, biased variance for
/// normalization, unbiased variance for the running estimate. Means and squared deviations are computed per tile in two
/// passes and combined in tile order in float64 (Chan, Golub and LeVeque 1983, equation 2.1). After a dense layer, one
/// channel's tiles are processed together.
/// </summary>
internal static unsafe class BatchNormalizationLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;
    /// <summary>
    /// Positions per running float32 sum of squares before it is added to a float64 sum: a variance that is off by more
    /// than an ulp or two shifts a whole channel, which a later normalization of few samples amplifies.
    /// </summary>
    private const int Run = 32;
    /// <summary>Floats of <see cref="LayerState.LaneSums"/> for each tile and channel.</summary>
    public const int LaneSums = 2 * Lane;

    private static float* Masks(LayerState* l, int tile) => l->Batch->Masks + (nint)tile * Lane;

    /// <summary>Mean and squared deviations of each channel of the given tiles.</summary>
    public static void TileStatistics(LayerState* l, int first, int count)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        int channels = l->In.Channels, plane = l->In.Plane;
        for (int tile = first; tile < first + count; tile++)
        {
            for (int c = 0; c < channels; c++)
            {
                nint at = (nint)tile * channels + c;
                Statistics(l->Input + tile * l->InputTile + (nint)c * plane * Lane, plane, Lane, Masks(l, tile), 0,
                    (double)l->Batch->Valid(tile) * plane, own->LaneSums + at * LaneSums, own->Statistics + 2 * at);
            }
        }
    }

    private static void Statistics(float* x, int n, nint stride, float* masks, nint maskStride, double elements, float* lanes,
        double* result)
    {
        Reduction<S, V>.MaskedSum(x, n, stride, masks, maskStride, lanes);
        float near = (float)(S.SumLanes(lanes) / elements);
        double rest = 0, squares = 0;
        for (int from = 0; from < n; from += Run)
        {
            int count = n - from < Run ? n - from : Run;
            Reduction<S, V>.Deviations(x + from * stride, count, stride, masks + from * maskStride, maskStride, near, lanes);
            rest += S.SumLanes(lanes);
            squares += S.SumLanes(lanes + Lane);
        }
        result[0] = near + rest / elements;
        result[1] = squares - rest * rest / elements;
    }

    /// <summary>Combines the tiles' statistics.</summary>
    public static void Combine(LayerState* l, int first, int count)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        int channels = l->In.Channels, plane = l->In.Plane;
        for (int c = 0; c < channels; c++)
        {
            double n = 0, mean = 0, squares = 0;
            for (int tile = 0; tile < l->Batch->Tiles; tile++)
            {
                double* s = own->Statistics + 2 * ((nint)tile * channels + c);
                double m = (double)l->Batch->Valid(tile) * plane, total = n + m, difference = s[0] - mean;
                mean += difference * (m / total);
                squares += s[1] + difference * difference * (n * m / total);
                n = total;
            }
            Keep(l, c, n, mean, squares);
        }
        (*own->BatchesTracked)++;
    }

    private static void Keep(LayerState* l, int c, double n, double mean, double squares)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        if (squares < 0) squares = 0;
        own->Mean[c] = (float)mean;
        own->InvStd[c] = (float)(1 / Math.Sqrt(squares / n + Epsilon));
        double unbiased = n > 1 ? squares / (n - 1) : squares / n;
        own->RunningMean[c] = (float)((1 - Momentum) * own->RunningMean[c] + Momentum * mean);
        own->RunningVariance[c] = (float)((1 - Momentum) * own->RunningVariance[c] + Momentum * unbiased);
    }

    /// <summary>y = γ·(x − μ)/√(σ² + ε) + β with the batch's statistics, and the pooling after it if fused.</summary>
    public static void Normalize(LayerState* l, int first, int count)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        for (int tile = first; tile < first + count; tile++)
        {
            for (int c = 0; c < l->In.Channels; c++)
            {
                if (own->Pools) NormalizedPoolingLanes<S, V>.Forward(l, tile, c);
                if (own->KeepsOutput) Apply(l, tile, c, own->Mean[c], own->InvStd[c]);
            }
        }
    }

    /// <summary>1/√(σ² + ε) of the running variance, for <see cref="NormalizeInference"/>.</summary>
    public static void ComputeInvStd(LayerState* l, int first, int count)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        for (int c = 0; c < l->In.Channels; c++)
            own->RunningInvStd[c] = (float)(1 / Math.Sqrt(own->RunningVariance[c] + Epsilon));
    }

    /// <summary>The same with the running statistics, after <see cref="ComputeInvStd"/>.</summary>
    public static void NormalizeInference(LayerState* l, int first, int count)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        for (int tile = first; tile < first + count; tile++)
        {
            for (int c = 0; c < l->In.Channels; c++) Apply(l, tile, c, own->RunningMean[c], own->RunningInvStd[c]);
        }
    }

    private static void Apply(LayerState* l, int tile, int c, float mean, float inverse)
    {
        V shift = S.Create(mean), scale = S.Create(l->Weight[c] * inverse), bias = S.Create(l->Bias[c]);
        nint at = (nint)c * l->In.Plane * Lane;
        float* x = l->Input + tile * l->InputTile + at;
        float* y = l->Output + tile * l->OutputTile + at;
        int n = l->In.Plane * Lane;
        for (int i = 0; i < n; i += S.Count) S.Store(y + i, S.Fma(S.Subtract(S.Load(x + i), shift), scale, bias));
    }

    /// <summary>Training forward of some features after a dense layer, all tiles.</summary>
    public static void ForwardChannels(LayerState* l, int first, int count)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        int tiles = l->Batch->Tiles;
        for (int c = first; c < first + count; c++)
        {
            double* result = own->Statistics + 2 * c;
            double elements = l->Batch->Count;
            Statistics(l->Input + (nint)c * Lane, tiles, l->InputTile, l->Batch->Masks, Lane, elements,
                own->LaneSums + (nint)c * LaneSums, result);
            Keep(l, c, elements, result[0], result[1]);
            for (int tile = 0; tile < tiles; tile++) Apply(l, tile, c, own->Mean[c], own->InvStd[c]);
        }
        if (first == 0) (*own->BatchesTracked)++;
    }

    /// <summary>
    /// Σ δ and Σ δ·(x − μ) of each channel of the given tiles. After a pooling δ is 0 except at the maxima.
    /// </summary>
    public static void TileGradientSums(LayerState* l, int first, int count)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        LayerState* pool = own->Pool;
        int channels = l->In.Channels, plane = own->Pools ? pool->Out.Plane : l->In.Plane;
        float* g = own->Pools ? pool->OutputGradient : l->OutputGradient;
        float* x = own->Pools ? pool->MaxPooling->ArgMax : l->Input;
        nint tileStride = own->Pools ? pool->OutputTile : l->InputTile;
        for (int tile = first; tile < first + count; tile++)
        {
            for (int c = 0; c < channels; c++)
            {
                nint at = (nint)tile * channels + c, place = tile * tileStride + (nint)c * plane * Lane;
                float* lanes = own->LaneSums + at * LaneSums;
                Reduction<S, V>.Moments(g + place, x + place, plane, Lane, own->Mean[c], lanes);
                own->Statistics[2 * at] = S.SumLanes(lanes);
                own->Statistics[2 * at + 1] = S.SumLanes(lanes + Lane);
            }
        }
    }

    /// <summary>Combines the tiles' sums: the gradients of γ and β, and the means that the input gradient needs.</summary>
    public static void CombineGradients(LayerState* l, int first, int count)
    {
        int channels = l->In.Channels;
        double elements = (double)l->Batch->Count * l->In.Plane;
        for (int c = 0; c < channels; c++)
        {
            double sum = 0, moment = 0;
            for (int tile = 0; tile < l->Batch->Tiles; tile++)
            {
                double* s = l->BatchNormalization->Statistics + 2 * ((nint)tile * channels + c);
                sum += s[0];
                moment += s[1];
            }
            KeepGradients(l, c, elements, sum, moment);
        }
    }

    private static void KeepGradients(LayerState* l, int c, double elements, double sum, double moment)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        double inverse = own->InvStd[c];
        l->BiasGradient[c] = (float)sum;
        l->WeightGradient[c] = (float)(moment * inverse);
        own->MeanGradient[2 * c] = sum / elements;
        own->MeanGradient[2 * c + 1] = moment * inverse * inverse / elements;
    }

    /// <summary>
    /// ∂L/∂x = γ/σ · (δ − mean(δ) − x̂·mean(δ·x̂)) (pedestrians, section 9), and the gradient of the ReLU before it if
    /// this layer applies that.
    /// </summary>
    public static void InputGradient(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++)
        {
            for (int c = 0; c < l->In.Channels; c++)
            {
                if (l->BatchNormalization->Pools) NormalizedPoolingLanes<S, V>.Backward(l, tile, c);
                else ApplyGradient(l, tile, c);
            }
        }
    }

    private static void ApplyGradient(LayerState* l, int tile, int c)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        V scale = S.Create(l->Weight[c] * own->InvStd[c]), mean = S.Create(own->Mean[c]);
        V meanGradient = S.Create((float)own->MeanGradient[2 * c]), meanMoment = S.Create((float)own->MeanGradient[2 * c + 1]);
        nint at = (nint)c * l->In.Plane * Lane;
        float* x = l->Input + tile * l->InputTile + at;
        float* g = l->OutputGradient + tile * l->OutputTile + at;
        float* to = l->InputGradient + tile * l->InputTile + at;
        int n = l->In.Plane * Lane;
        for (int lane = 0; lane < Lane; lane += S.Count)
        {
            V mask = S.Load(Masks(l, tile) + lane);
            if (own->MasksRelu)
            {
                for (int i = lane; i < n; i += Lane)
                {
                    V value = S.Load(x + i);
                    V d = S.FmaNegated(S.Subtract(value, mean), meanMoment, S.Subtract(S.Load(g + i), meanGradient));
                    S.Store(to + i, S.SelectGreater(value, S.Zero, S.And(mask, S.Multiply(scale, d)), S.Zero));
                }
            }
            else
            {
                for (int i = lane; i < n; i += Lane)
                {
                    V d = S.FmaNegated(S.Subtract(S.Load(x + i), mean), meanMoment, S.Subtract(S.Load(g + i), meanGradient));
                    S.Store(to + i, S.And(mask, S.Multiply(scale, d)));
                }
            }
        }
    }

    /// <summary>Backward of some features before a dense layer, all tiles.</summary>
    public static void BackwardChannels(LayerState* l, int first, int count)
    {
        BatchNormalizationState* own = l->BatchNormalization;
        int tiles = l->Batch->Tiles;
        for (int c = first; c < first + count; c++)
        {
            float* lanes = own->LaneSums + (nint)c * LaneSums;
            Reduction<S, V>.Moments(l->OutputGradient + (nint)c * Lane, l->Input + (nint)c * Lane, tiles, l->InputTile,
                own->Mean[c], lanes);
            KeepGradients(l, c, l->Batch->Count, S.SumLanes(lanes), S.SumLanes(lanes + Lane));
            // No gradient of the input is needed before the first parameters.
            for (int tile = 0; tile < tiles && l->InputGradient != null; tile++) ApplyGradient(l, tile, c);
        }
    }
}
