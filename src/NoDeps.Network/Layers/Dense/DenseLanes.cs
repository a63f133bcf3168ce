using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Threading;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Fully connected layers on lanes (scratch, 3.2): z = W·x + b, ∂L/∂x = Wᵀ·δ, ∂L/∂W = Σ δ·xᵀ over the samples, each by
/// <see cref="CorrelationLanes{S, V}"/>. For the weight gradient, samples and features are transposed first.
/// </summary>
internal static unsafe class DenseLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;
    /// <summary>Tiles of the forward pass that share a block of weights.</summary>
    private const int TileGroup = 4;

    /// <summary>Forward, all features of some tiles.</summary>
    public static void Forward(LayerState* l, int first, int count) => Forward(l, 0, l->Out.Channels, first, count);

    /// <summary>Forward, some features of all tiles.</summary>
    public static void ForwardChannels(LayerState* l, int first, int count) =>
        Forward(l, first, count, 0, l->Batch->Tiles);

    private static void Forward(LayerState* l, int output, int outputs, int tile, int tiles)
    {
        Correlation job = default;
        job.Input = l->Input + tile * l->InputTile;
        job.InputTapStride = Lane;
        job.InputColumnStride = l->InputTile;
        job.Weights = l->Weight + (nint)output * l->In.Size;
        job.WeightOutputStride = l->In.Size;
        job.WeightTapStride = 1;
        job.Bias = l->Bias + output;
        job.Output = l->Output + tile * l->OutputTile + (nint)output * Lane;
        job.OutputOutputStride = Lane;
        job.OutputColumnStride = l->OutputTile;
        job.Channels = 1;
        job.Rows = 1;
        job.Taps = l->In.Size;
        job.Floor = l->ReluFloor;
        // All outputs of a few tiles, whose inputs stay in the L2 cache.
        for (; tiles > 0; tiles -= TileGroup)
        {
            job.Columns = tiles < TileGroup ? tiles : TileGroup;
            CorrelationLanes<S, V>.Run(ref job, outputs, 1);
            job.Input += TileGroup * l->InputTile;
            job.Output += TileGroup * l->OutputTile;
        }
    }

    /// <summary>
    /// The input gradient of some input features, all tiles; at most <see cref="LayerState.PanelFeatures"/>. As
    /// [sample][feature] it is the transposed output gradient times W, whose rows are read in place.
    /// </summary>
    public static void InputGradientChannels(LayerState* l, int first, int count)
    {
        DenseState* own = l->Dense;
        const int width = Panel.Columns;
        Matrix gradient = new(own->TransposedGradient, l->Batch->Tiles * Lane, l->Out.Size, 1);
        gradient.RowStride = own->TransposedGradientRow;
        int room = AcquireScratch(l);
        float* product = own->Scratch + room * own->ScratchStride, turned = product + Lane * width, panel = turned + Lane * Lane;
        MatrixProductLanes<S, V>.Pack(new Matrix(l->Weight, l->Out.Size, l->In.Size, 1), first, panel, (count + width - 1) / width);
        for (int f = first, end = first + count; f < end; f += width)
        {
            for (int tile = 0; tile < l->Batch->Tiles; tile++)
            {
                MatrixProductLanes<S, V>.Multiply(in gradient, tile * Lane, Lane, panel, width, product, width,
                    width, l->Batch->Zeros);
                float* to = l->InputGradient + tile * l->InputTile + (nint)f * Lane;
                for (int c = 0; c < width && f + c < end; c += Lane)
                {
                    S.Transpose16(product + c, width, turned, Lane);
                    int numbers = (end - f - c < Lane ? end - f - c : Lane) * Lane;
                    for (int i = 0; i < numbers; i += S.Count) S.Store(to + c * Lane + i, S.Load(turned + i));
                }
            }
            panel += (nint)l->Out.Size * width;
        }
        Volatile.Write(ref own->ScratchTaken[room], 0);
    }

    /// <summary>
    /// Acquires scratch that no other worker uses, the first if possible, so that few occupy the caches. There is one
    /// per work item.
    /// </summary>
    private static int AcquireScratch(LayerState* l)
    {
        int room = 0;
        while (Interlocked.CompareExchange(ref l->Dense->ScratchTaken[room], 1, 0) != 0) room++;
        return room;
    }

    /// <summary>Transposes [feature][16] of some tiles to [sample][feature]: the layer's input.</summary>
    public static void TransposeInput(LayerState* l, int first, int count) => TransposeInput(l, first, count, 0, l->In.Size);

    /// <summary>The same for some features of all tiles; the first is a multiple of 16.</summary>
    public static void TransposeInputChannels(LayerState* l, int first, int count) =>
        TransposeInput(l, 0, l->Batch->Tiles, first, count);

    private static void TransposeInput(LayerState* l, int tile, int tiles, int feature, int features) =>
        Transpose(l->Input + tile * l->InputTile, l->InputTile,
            l->Dense->Transposed + tile * Lane * l->Dense->TransposedRow, l->Dense->TransposedRow,
            tiles, feature, features);

    /// <summary>Transposes [feature][16] of some tiles to [sample][feature]: the layer's output gradient.</summary>
    public static void TransposeGradient(LayerState* l, int first, int count) => TransposeGradient(l, first, count, 0, l->Out.Size);

    /// <summary>The same for some features of all tiles; the first is a multiple of 16.</summary>
    public static void TransposeGradientChannels(LayerState* l, int first, int count) =>
        TransposeGradient(l, 0, l->Batch->Tiles, first, count);

    private static void TransposeGradient(LayerState* l, int tile, int tiles, int feature, int features) =>
        Transpose(l->OutputGradient + tile * l->OutputTile, l->OutputTile,
            l->Dense->TransposedGradient + tile * Lane * l->Dense->TransposedGradientRow,
            l->Dense->TransposedGradientRow, tiles, feature, features);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Transpose(float* from, nint fromTile, float* to, nint row, int tiles, int feature, int features)
    {
        for (; tiles > 0; tiles--)
        {
            for (int f = feature; f < feature + features; f += Lane) S.Transpose16(from + (nint)f * Lane, Lane, to + f, row);
            from += fromTile;
            to += Lane * row;
        }
    }

    /// <summary>
    /// ∂L/∂W(o, i) = Σ_k δ(k, o)·x(k, i) over the samples k in order, for some inputs i, a work item as in
    /// <see cref="InputGradientChannels"/>, and with the first of them ∂L/∂b(o) = Σ_k δ(k, o). If the batch requests it, the
    /// weights are updated immediately, while they are in the cache, and the gradient is not stored.
    /// </summary>
    public static void WeightGradientChannels(LayerState* l, int first, int count)
    {
        DenseState* own = l->Dense;
        OptimizerState* update = l->CanFuseUpdate ? l->Batch->Update : null;
        int samples = l->Batch->Tiles * Lane;
        Matrix gradient = new(own->TransposedGradient, samples, l->Out.Size, 1);
        gradient.RowStride = own->TransposedGradientRow;
        gradient = gradient.Transposed();
        int room = AcquireScratch(l);
        float* product = own->Scratch + room * own->ScratchStride;
        int block, row = own->PanelFeatures;
        for (int o = 0; o < l->Out.Size; o += block)
        {
            block = CorrelationLanes<S, V>.NextBlock(l->Out.Size - o);
            float* to = l->WeightGradient + (nint)o * l->In.Size + first;
            MatrixProductLanes<S, V>.Multiply(in gradient, o, block, own->Transposed + first, own->TransposedRow, product, row, count,
                l->Batch->Zeros);
            for (int r = 0; r < block; r++)
            {
                if (update != null)
                {
                    int place = (int)(to - update->Gradients);
                    OptimizerLanes<S, V>.Update(update, product + r * row - place, place, place + count);
                    // The moments of the next block.
                    float* next = update->First + place + (nint)CorrelationLanes<S, V>.MaxOutputs * l->In.Size;
                    for (int i = 0; Sse.IsSupported && i < count; i += Lane) Sse.Prefetch0(next + i);
                }
                else
                {
                    for (int i = 0; i < count; i++) to[i] = product[r * row + i];
                }
                to += l->In.Size;
            }
        }
        if (first == 0) BiasGradient(l, samples, product);
        Volatile.Write(ref own->ScratchTaken[room], 0);
    }

    /// <summary>Sums the rows of the transposed gradient.</summary>
    private static void BiasGradient(LayerState* l, int samples, float* room)
    {
        DenseState* own = l->Dense;
        for (int o = 0; o < l->Out.Size; o += Lane)
        {
            Reduction<S, V>.Sum(own->TransposedGradient + o, samples, own->TransposedGradientRow, room);
            for (int i = 0; i < Lane && o + i < l->Out.Size; i++) l->BiasGradient[o + i] = room[i];
        }
    }
}
