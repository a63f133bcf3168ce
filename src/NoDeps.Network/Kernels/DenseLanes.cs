using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Fully connected layers on lanes (scratch, 3.2): z = W·x + b, ∂L/∂x = Wᵀ·δ, ∂L/∂W = Σ δ·xᵀ over the samples, each by
/// <see cref="CorrelationLanes{S, V}"/>. For the weight gradient samples and features change places first.
/// </summary>
internal static unsafe class DenseLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;

    /// <summary>Forward of all features of some tiles.</summary>
    public static void Forward(LayerState* l, int first, int count) => Forward(l, 0, l->Out.Channels, first, count);

    /// <summary>Forward of some features of all tiles.</summary>
    public static void ForwardChannels(LayerState* l, int first, int count) =>
        Forward(l, first, count, 0, l->Batch->Tiles);

    private static void Forward(LayerState* l, int output, int outputs, int tile, int tiles)
    {
        Correlation job = default;
        job.Input = l->Input + tile * l->InputTile;
        job.InputTap = Lane;
        job.InputColumn = l->InputTile;
        job.Weights = l->Weight + (nint)output * l->In.Size;
        job.WeightOutput = l->In.Size;
        job.WeightTap = 1;
        job.Bias = l->Bias + output;
        job.Output = l->Output + tile * l->OutputTile + (nint)output * Lane;
        job.OutputOutput = Lane;
        job.OutputColumn = l->OutputTile;
        job.Channels = 1;
        job.Rows = 1;
        job.Taps = l->In.Size;
        job.Columns = tiles;
        job.Floor = l->Floor;
        CorrelationLanes<S, V>.Run(ref job, outputs, 1);
    }

    /// <summary>
    /// The input gradient of some input features, all tiles; the first begins a piece of <see cref="LayerState.PanelFeatures"/>.
    /// As [sample][feature] it is the transposed output gradient times W, whose rows are read as they lie.
    /// </summary>
    public static void InputGradientChannels(LayerState* l, int first, int count)
    {
        const int width = MatrixProductState.Panel;
        Matrix gradient = new(l->TransposedGradient, l->Batch->Tiles * Lane, l->Out.Size, 1);
        gradient.RowStep = l->TransposedGradientRow;
        Matrix weights = new(l->Weight, l->Out.Size, l->In.Size, 1);
        float* panel = l->Panels + first / l->PanelFeatures * l->PanelStep;
        float* product = panel + (nint)l->Out.Size * width, turned = product + Lane * width;
        for (int f = first, end = first + count; f < end; f += width)
        {
            MatrixProductLanes<S, V>.Pack(in weights, f, panel);
            for (int tile = 0; tile < l->Batch->Tiles; tile++)
            {
                MatrixProductLanes<S, V>.Multiply(in gradient, tile * Lane, Lane, panel, width, product, width, l->Batch->Zeros);
                float* to = l->InputGradient + tile * l->InputTile + (nint)f * Lane;
                for (int c = 0; c < width && f + c < end; c += Lane)
                {
                    S.Transpose16(product + c, width, turned, Lane);
                    int numbers = (end - f - c < Lane ? end - f - c : Lane) * Lane;
                    for (int i = 0; i < numbers; i += S.Count) S.Store(to + c * Lane + i, S.Load(turned + i));
                }
            }
        }
    }

    /// <summary>[feature][16] of some tiles becomes [sample][feature]: the layer's input.</summary>
    public static void TransposeInput(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++)
        {
            Transpose(l->Input + tile * l->InputTile, 0, l->In.Size, l->Transposed, l->TransposedRow, tile);
        }
    }

    /// <summary>The same for some features of all tiles; the first is a multiple of 16.</summary>
    public static void TransposeInputChannels(LayerState* l, int first, int count)
    {
        for (int tile = 0; tile < l->Batch->Tiles; tile++)
        {
            Transpose(l->Input + tile * l->InputTile, first, count, l->Transposed, l->TransposedRow, tile);
        }
    }

    /// <summary>[feature][16] of some tiles becomes [sample][feature]: the layer's output gradient.</summary>
    public static void TransposeGradient(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++)
        {
            Transpose(l->OutputGradient + tile * l->OutputTile, 0, l->Out.Size, l->TransposedGradient, l->TransposedGradientRow, tile);
        }
    }

    /// <summary>The same for some features of all tiles; the first is a multiple of 16.</summary>
    public static void TransposeGradientChannels(LayerState* l, int first, int count)
    {
        for (int tile = 0; tile < l->Batch->Tiles; tile++)
        {
            Transpose(l->OutputGradient + tile * l->OutputTile, first, count, l->TransposedGradient, l->TransposedGradientRow, tile);
        }
    }

    private static void Transpose(float* from, int feature, int features, float* to, nint row, int tile)
    {
        for (int f = feature; f < feature + features; f += Lane)
        {
            S.Transpose16(from + (nint)f * Lane, Lane, to + (nint)tile * Lane * row + f, row);
        }
    }

    /// <summary>
    /// ∂L/∂W(o, i) = Σ_k δ(k, o)·x(k, i) and ∂L/∂b(o) = Σ_k δ(k, o) for some outputs, over the samples k in order.
    /// </summary>
    public static void WeightGradientChannels(LayerState* l, int first, int count)
    {
        int inputs = l->In.Size, samples = l->Batch->Tiles * Lane;
        Correlation job = default;
        job.InputTap = l->TransposedRow;
        job.InputColumn = Lane;
        job.Weights = l->TransposedGradient + first;
        job.WeightOutput = 1;
        job.WeightTap = l->TransposedGradientRow;
        job.OutputColumn = Lane;
        job.Channels = 1;
        job.Rows = 1;
        job.Taps = samples;
        job.Floor = float.NegativeInfinity;
        job.OutputOutput = inputs;
        int vectors = inputs / Lane, rest = inputs - vectors * Lane;
        int block;
        for (int o = first; o < first + count; o += block)
        {
            block = CorrelationLanes<S, V>.NextBlock(first + count - o);
            job.Bias = l->Batch->Zeros;
            job.Weights = l->TransposedGradient + o;
            job.Output = l->WeightGradient + (nint)o * inputs;
            job.Input = l->Transposed;
            job.Columns = vectors;
            if (vectors > 0) CorrelationLanes<S, V>.RunBlock(ref job, block);
            if (rest == 0) continue;
            job.Columns = 1;
            if (vectors > 0)
            {
                // The last 16 inputs once more, some of them for the second time with the same result.
                job.Input += inputs - Lane;
                job.Output += inputs - Lane;
                CorrelationLanes<S, V>.RunBlock(ref job, block);
            }
            else
            {
                float* target = job.Output;
                job.Output = l->Narrow + (nint)first * Lane;
                job.OutputOutput = Lane;
                CorrelationLanes<S, V>.RunBlock(ref job, block);
                for (int b = 0; b < block; b++)
                {
                    for (int i = 0; i < inputs; i++) target[b * inputs + i] = job.Output[b * Lane + i];
                }
                job.OutputOutput = inputs;
            }
        }
        BiasGradient(l, first, count, samples);
    }

    /// <summary>Sums the rows of the transposed gradient; the first output is a multiple of 16.</summary>
    private static void BiasGradient(LayerState* l, int first, int count, int samples)
    {
        float* room = l->Narrow + (nint)first * Lane;
        Reduction<S, V>.Sum(l->TransposedGradient + first, samples, l->TransposedGradientRow, room);
        for (int o = 0; o < count; o++) l->BiasGradient[first + o] = room[o];
    }
}
