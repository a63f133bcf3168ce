using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// A single image: activations are [channel][row][column], each channel's plane possibly padded to a multiple of 16
/// floats. A lane is a column of a convolution's output, or an input of a dense layer. A layer without a kernel here
/// runs on lanes of samples, with <see cref="Spread"/> before and <see cref="Gather"/> after it.
/// </summary>
internal static unsafe class SingleImageLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;

    /// <summary>Loads the pending image, if any; the layer is the network's input.</summary>
    public static void Load(LayerState* l, int first, int count)
    {
        BatchState* batch = l->Batch;
        if (batch->Images == null) return;
        int size = l->Out.Size;
        byte* image = batch->Images + (nint)(batch->Order == null ? 0 : batch->Order[0]) * size;
        int channels = batch->IsUniform ? 1 : l->Out.Channels, plane = size / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            float a = batch->Scales[channel], b = batch->Offsets[channel];
            V scale = S.Create(a), offset = S.Create(b);
            int i = channel * plane, end = i + plane;
            for (; i + Lane <= end; i += S.Count) S.Store(l->Output + i, S.Fma(S.LoadBytes(image + i), scale, offset));
            for (; i < end; i++) l->Output[i] = System.MathF.FusedMultiplyAdd(image[i], a, b);
        }
    }

    /// <summary>
    /// As <see cref="ConvolutionLanes{S, V}.Forward"/>, the same sums in the same order; after <see cref="Unroll"/>.
    /// </summary>
    public static void Convolution(LayerState* l, int first, int count) =>
        CorrelationLanes<S, V>.Run(ref l->Convolution->Descriptor, l->Out.Channels, 1);

    /// <summary>
    /// For each channel and kernel column v, the input shifted by v: [channel][v][row][output column], so that the
    /// inputs of all outputs to which a weight applies are adjacent. With a row stride they are in the order of kernel
    /// rows.
    /// </summary>
    public static void Unroll(LayerState* l, int first, int count)
    {
        Geometry g = l->Window;
        int rows = g.UnrolledRows(l->Out.Rows), columns = l->Out.Columns;
        bool plain = g.StrideRows == 1 && g.StrideColumns == 1 && g.PadRows == 0 && g.PadColumns == 0;
        float* to = l->Convolution->PaddedInput;
        for (int c = 0; c < l->In.Channels; c++)
        {
            float* plane = l->Input + c * l->InputChannelStride;
            for (int v = 0; v < g.KernelColumns; v++)
            {
                if (plain) CopyRows(plane + v, l->In.Columns, to, columns, rows);
                for (int r = 0; r < rows && !plain; r++) UnrollRow(l, plane, r, v, to + (nint)r * columns);
                to += (nint)rows * columns;
            }
        }
    }

    /// <summary>Packs rows; excess elements written by the last vector of a row are overwritten by the next row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyRows(float* from, nint stride, float* to, nint columns, int rows)
    {
        for (; rows > 0; rows--)
        {
            for (nint x = 0; x < columns; x += S.Count) S.Store(to + x, S.Load(from + x));
            from += stride;
            to += columns;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UnrollRow(LayerState* l, float* plane, int r, int v, float* to)
    {
        Geometry g = l->Window;
        int row = (g.StrideRows == 1 ? r : r % l->Out.Rows * g.StrideRows + r / l->Out.Rows) - g.PadRows;
        for (int x = 0; x < l->Out.Columns; x++)
        {
            int column = x * g.StrideColumns + v - g.PadColumns;
            bool inside = (uint)row < (uint)l->In.Rows && (uint)column < (uint)l->In.Columns;
            to[x] = inside ? plane[(nint)row * l->In.Columns + column] : 0;
        }
    }

    /// <summary>
    /// The batchnorm and the 2 × 2 max pooling that are fused with the convolution, as in
    /// <see cref="PoolingLanes{S, V}.MaximumOfStrip"/>.
    /// </summary>
    public static void Pool(LayerState* l, int first, int count)
    {
        Shape to = l->FusedPooling->Out;
        LayerState* normalization = l->FusedNormalization;
        V mean = S.Zero, scale = S.Zero, bias = S.Zero;
        bool falls = false;
        float* y = l->FusedPooling->Output;
        for (int c = 0; c < to.Channels; c++)
        {
            if (normalization != null)
            {
                mean = S.Broadcast(normalization->BatchNormalization->RunningMean + c);
                float factor = normalization->Weight[c] * normalization->BatchNormalization->RunningInvStd[c];
                scale = S.Create(factor);
                bias = S.Broadcast(normalization->Bias + c);
                falls = factor < 0;
            }
            float* x = l->Output + c * l->OutputChannelStride;
            for (int i = 0; i < to.Rows; i++)
            {
                float* p = x, q = x + l->Out.Columns;
                for (int j = 0; j < to.Columns; j += S.Count)
                {
                    V a = S.Load(p), b = S.Load(p + S.Count), d = S.Load(q), e = S.Load(q + S.Count);
                    a = falls ? S.Min(d, a) : S.Max(d, a);
                    b = falls ? S.Min(e, b) : S.Max(e, b);
                    V even = S.Even(a, b), odd = S.Odd(a, b);
                    a = falls ? S.Min(odd, even) : S.Max(odd, even);
                    if (normalization != null) a = S.Fma(S.Subtract(a, mean), scale, bias);
                    S.Store(y + j, a);
                    p += 2 * S.Count;
                    q += 2 * S.Count;
                }
                x += 2 * l->Out.Columns;
                y += to.Columns;
            }
        }
    }

    /// <summary>
    /// A dense layer's outputs from a multiple of 16 on, fused with a ReLU and a batchnorm after it: each weight is
    /// used only once, so the time is spent reading them. Sixteen partial sums, of every sixteenth input each, are
    /// added in the tree of <see cref="ISimd{V}.SumLanes"/>. Every other pass goes backwards: the weights it begins
    /// with are then in the cache.
    /// </summary>
    public static void Dense(LayerState* l, int first, int count)
    {
        int blocks = (count + Lane - 1) / Lane;
        for (int i = 0; i < blocks; i++)
        {
            int block = !l->Batch->IsReversed ? i : blocks - 1 - i;
            DenseBlock(l, first + block * Lane, l->Dense->Transposed + first * Lane);
        }
    }

    /// <param name="sums">Scratch for 16 × 16 floats.</param>
    private static void DenseBlock(LayerState* l, int first, float* sums)
    {
        nint inputs = l->In.Size;
        float* x = l->Input;
        nint whole = inputs / Lane * Lane;
        float* ones = l->Batch->Tail, tail = ones + (whole + Lane - inputs);
        for (int o = 0; o < Lane && first + o < l->Out.Size; o += 4)
        {
            // Outputs after the last one are computed from the memory after the weights; they are never read.
            float* p0 = l->Weight + (first + o) * inputs, p1 = p0 + inputs, p2 = p1 + inputs, p3 = p2 + inputs;
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                V a0 = S.Zero, a1 = S.Zero, a2 = S.Zero, a3 = S.Zero;
                for (nint i = lane; i < inputs; i += Lane)
                {
                    // The memory after the last input and after its weights may contain NaN.
                    V mask = S.Load((i < whole ? ones : tail) + lane), v = S.And(mask, S.Load(x + i));
                    a0 = S.Fma(v, S.And(mask, S.Load(p0 + i)), a0);
                    a1 = S.Fma(v, S.And(mask, S.Load(p1 + i)), a1);
                    a2 = S.Fma(v, S.And(mask, S.Load(p2 + i)), a2);
                    a3 = S.Fma(v, S.And(mask, S.Load(p3 + i)), a3);
                }
                float* sum = sums + o * Lane + lane;
                S.Store(sum, a0);
                S.Store(sum + Lane, a1);
                S.Store(sum + 2 * Lane, a2);
                S.Store(sum + 3 * Lane, a3);
            }
        }
        float* y = l->Output + first;
        S.SumLanes16(sums, y);
        LayerState* n = l->FusedNormalization;
        V floor = S.Create(l->ReluFloor);
        for (int lane = 0; lane < Lane; lane += S.Count)
        {
            int o = first + lane;
            V value = S.Max(floor, S.Add(S.Load(y + lane), S.Load(l->Bias + o)));
            if (n != null)
            {
                V scale = S.Multiply(S.Load(n->Weight + o), S.Load(n->BatchNormalization->RunningInvStd + o));
                value = S.Fma(S.Subtract(value, S.Load(n->BatchNormalization->RunningMean + o)), scale, S.Load(n->Bias + o));
            }
            S.Store(y + lane, value);
        }
    }

    /// <summary>Moves a layer's output to lanes, of which the first is the image, in place.</summary>
    public static void Spread(LayerState* l, int first, int count)
    {
        for (int c = l->Out.Channels - 1; c >= 0; c--)
        {
            for (int i = l->Out.Plane - 1; i >= 0; i--)
                l->Output[((nint)c * l->Out.Plane + i) * Lane] = l->Output[c * l->OutputChannelStride + i];
        }
    }

    /// <summary>The inverse, with channels packed.</summary>
    public static void Gather(LayerState* l, int first, int count)
    {
        for (int i = 0; i < l->Out.Size; i++) l->Output[i] = l->Output[(nint)i * Lane];
    }
}
