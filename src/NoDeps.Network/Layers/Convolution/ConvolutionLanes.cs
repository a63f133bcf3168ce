using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Convolution on lanes: forward, input gradient and weight gradient (scratch, 3.3; pedestrians, section 8), for any
/// kernel, stride and padding per axis. Loop bounds skip rows of padding; columns of padding are zeros in a copy.
/// <see cref="ConvolutionScalar"/> is the same in the papers' notation.
/// </summary>
internal static unsafe class ConvolutionLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;
    /// <summary>Bytes of output gradient per strip of rows in the weight gradient, so that a strip stays in the L1 cache.</summary>
    private const int StripBytes = 20 * 1024;

    /// <summary>Copies tiles of the input between columns of zeros, if the layer has padding columns.</summary>
    public static void Border(LayerState* l, int first, int count)
    {
        ConvolutionState* own = l->Convolution;
        for (int tile = first; tile < first + count; tile++)
        {
            float* to = own->PaddedInput + tile * own->PaddedInputTile + l->Window.PadColumns * Lane;
            CopyRows(l->Input + tile * l->InputTile, to, l->In.Channels * l->In.Rows, l->In.Columns * Lane,
                (nint)own->PaddedInputColumns * Lane);
        }
    }

    private static void CopyRows(float* from, float* to, int rows, int length, nint toStride)
    {
        for (; rows > 0; rows--)
        {
            for (int i = 0; i < length; i += S.Count) S.Store(to + i, S.Load(from + i));
            from += length;
            to += toStride;
        }
    }

    /// <summary>
    /// Z(i, j, o) = b(o) + Σ_c Σ_u Σ_v W(u, v, c, o) · B(i·S + u, j·S + v, c) (scratch, 3.3.1), and a ReLU if fused.
    /// </summary>
    public static void Forward(LayerState* l, int first, int count) => Forward(l, first, count, null);

    /// <summary>
    /// The same, then batchnorm by the running statistics, and 2 × 2 max pooling: two output rows of some channels are
    /// computed into the L1 cache and pooled from there into the pooling layer's output.
    /// </summary>
    public static void ForwardPooled(LayerState* l, int first, int count) => Forward(l, first, count, l->FusedPooling);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forward(LayerState* l, int first, int count, LayerState* pooling)
    {
        ConvolutionState* own = l->Convolution;
        Geometry g = l->Window;
        int strip = pooling == null ? l->Out.Rows : 2, rows = pooling == null ? strip : 2 * pooling->Out.Rows;
        Correlation job = own->Descriptor;
        job.OutputOutputStride = (nint)strip * l->Out.Columns * Lane;
        for (int tile = first; tile < first + count; tile++)
        {
            float* input = own->PaddedInput + tile * own->PaddedInputTile;
            float* output = l->Output + tile * l->OutputTile;
            int block;
            for (int o = 0; o < l->Out.Channels; o += block)
            {
                block = CorrelationLanes<S, V>.NextBlock(l->Out.Channels - o);
                job.Bias = l->Bias + o;
                // All strips use the memory of the first, which stays in the cache.
                float* start = pooling == null ? output + o * job.OutputOutputStride : output;
                for (int y = 0; y < rows; y++)
                {
                    int row = y * g.StrideRows - g.PadRows;
                    int low = row < 0 ? -row : 0;
                    int high = l->In.Rows - row < g.KernelRows ? l->In.Rows - row : g.KernelRows;
                    job.Rows = high > low ? high - low : 0;
                    job.Input = input + (row + low) * job.InputRowStride;
                    job.Weights = l->Weight + o * job.WeightOutputStride + low * job.WeightRowStride;
                    job.Output = start + (nint)(y % strip) * l->Out.Columns * Lane;
                    CorrelationLanes<S, V>.RunBlock(ref job, block);
                    if (pooling != null && (y & 1) != 0)
                        PoolingLanes<S, V>.MaximumOfStrip(l, tile, y >> 1, o, o + block, start);
                }
            }
        }
    }

    /// <summary>
    /// ∂L/∂A(a, b, c) = Σ_i Σ_j Σ_o δ(i, j, o) · W(a + P − i·S, b + P − j·S, c, o) over the positions whose window
    /// covers (a, b) (scratch, 3.3.3, with its two bounds swapped). Input rows and columns with the same remainder
    /// modulo the stride meet the same taps, so each remainder is a correlation of stride 1 whose taps run backwards.
    /// </summary>
    public static void InputGradient(LayerState* l, int first, int count)
    {
        ConvolutionState* own = l->Convolution;
        Geometry g = l->Window;
        Correlation job = default;
        nint gradientRow = (nint)own->PaddedGradientColumns * Lane;
        nint kernel = (nint)g.KernelRows * g.KernelColumns;
        job.InputChannelStride = gradientRow * l->Out.Rows;
        job.InputRowStride = -gradientRow;
        job.InputTapStride = -Lane;
        job.InputColumnStride = Lane;
        job.WeightOutputStride = kernel;
        job.WeightChannelStride = kernel * l->In.Channels;
        job.WeightRowStride = (nint)g.StrideRows * g.KernelColumns;
        job.WeightTapStride = g.StrideColumns;
        job.OutputOutputStride = (nint)l->In.Plane * Lane;
        job.OutputColumnStride = (nint)g.StrideColumns * Lane;
        job.Channels = l->Out.Channels;
        job.Floor = float.NegativeInfinity;
        for (int tile = first; tile < first + count; tile++)
        {
            float* gradient = own->PaddedGradient + tile * own->PaddedGradientTile;
            if (gradient != l->OutputGradient + tile * l->OutputTile)
            {
                CopyRows(l->OutputGradient + tile * l->OutputTile, gradient + (nint)own->PaddedGradientLeft * Lane,
                    l->Out.Channels * l->Out.Rows, l->Out.Columns * Lane, gradientRow);
            }
            float* output = l->InputGradient + tile * l->InputTile;
            int block;
            for (int c = 0; c < l->In.Channels; c += block)
            {
                block = CorrelationLanes<S, V>.NextBlock(l->In.Channels - c);
                job.Bias = l->Batch->Zeros;
                for (int y = 0; y < l->In.Rows; y++)
                {
                    // Tap row ky = firstTap + S·v meets gradient row baseRow − v.
                    int firstTap = (y + g.PadRows) % g.StrideRows, baseRow = (y + g.PadRows) / g.StrideRows;
                    int low = baseRow - l->Out.Rows + 1 > 0 ? baseRow - l->Out.Rows + 1 : 0;
                    int high = Taps(g.KernelRows, firstTap, g.StrideRows);
                    if (high > baseRow + 1) high = baseRow + 1;
                    job.Rows = high > low ? high - low : 0;
                    float* rowGradient = gradient + (baseRow - low) * gradientRow + (nint)own->PaddedGradientLeft * Lane;
                    float* rowWeights = l->Weight + c * kernel + ((nint)firstTap + low * g.StrideRows) * g.KernelColumns;
                    float* rowOutput = output + c * job.OutputOutputStride + (nint)y * l->In.Columns * Lane;
                    for (int phase = 0; phase < g.StrideColumns && phase < l->In.Columns; phase++)
                    {
                        InputGradientRow(ref job, l, block, phase, rowGradient, rowWeights, rowOutput);
                    }
                }
            }
        }
    }

    /// <summary>
    /// The columns phase, phase + S, … of one row of the input gradient, in groups of four, or of two at the edges: a
    /// group runs the taps of any of its columns.
    /// </summary>
    private static void InputGradientRow(ref Correlation job, LayerState* l, int block, int phase, float* gradient,
        float* weights, float* output)
    {
        int stride = l->Window.StrideColumns, columns = (l->In.Columns - phase + stride - 1) / stride;
        int firstTap = (phase + l->Window.PadColumns) % stride, baseColumn = (phase + l->Window.PadColumns) / stride;
        int taps = Taps(l->Window.KernelColumns, firstTap, stride);
        int group;
        for (int m = 0; m < columns; m += group)
        {
            int first = baseColumn + m;
            group = first < taps - 1 || first + 4 > l->Out.Columns ? 2 : 4;
            if (group > columns - m) group = columns - m;
            // Taps that meet only padding for all columns of the group are skipped.
            int low = baseColumn + m - l->Out.Columns + 1 > 0 ? baseColumn + m - l->Out.Columns + 1 : 0;
            int high = baseColumn + m + group < taps ? baseColumn + m + group : taps;
            job.Taps = high > low ? high - low : 0;
            job.Columns = group;
            job.Input = gradient + (nint)(baseColumn + m - low) * Lane;
            job.Weights = weights + firstTap + low * stride;
            job.Output = output + ((nint)phase + m * stride) * Lane;
            CorrelationLanes<S, V>.RunBlock(ref job, block);
        }
    }

    /// <summary>The number of taps first, first + stride, … below <paramref name="size"/>.</summary>
    public static int Taps(int size, int first, int stride) => first >= size ? 0 : (size - first + stride - 1) / stride;

    /// <summary>
    /// ∂L/∂W(u, v, c, o) = Σ_i Σ_j δ(i, j, o) · B(i·S + u, j·S + v, c) and ∂L/∂b(o) = Σ_i Σ_j δ(i, j, o) (scratch, 3.3.2),
    /// summed over the samples of each tile into the tile's partial gradient.
    /// </summary>
    public static void WeightGradient(LayerState* l, int first, int count)
    {
        ConvolutionState* own = l->Convolution;
        int kernel = l->Window.KernelRows * l->Window.KernelColumns;
        for (int tile = first; tile < first + count; tile++)
        {
            float* input = own->PaddedInput + tile * own->PaddedInputTile;
            float* gradient = l->OutputGradient + tile * l->OutputTile;
            float* sums = own->Sums + tile * own->SumsTile;
            float* partial = own->Partial + tile * own->PartialTile;
            int block;
            for (int o = 0; o < l->Out.Channels; o += block)
            {
                block = WeightGradientLanes<S, V>.NextBlock(l->Out.Channels - o);
                float* d = gradient + (nint)o * l->Out.Plane * Lane;
                for (int c = 0; c < l->In.Channels; c++)
                {
                    ChannelGradient(l, block, d, input + (nint)c * l->In.Rows * own->PaddedInputColumns * Lane, sums);
                    SumLanes(sums, block, kernel, partial + ((nint)o * l->In.Channels + c) * kernel,
                        (nint)l->In.Channels * kernel);
                }
            }
            float* bias = partial + (l->BiasGradient - l->WeightGradient);
            for (int o = 0; o < l->Out.Channels; o++)
            {
                Reduction<S, V>.Sum(gradient + (nint)o * l->Out.Plane * Lane, l->Out.Plane, Lane, sums);
                bias[o] = S.SumLanes(sums);
            }
        }
    }

    /// <summary>Lane sums [outputs][ky][kx][16] of one input channel, one strip of output rows at a time.</summary>
    private static void ChannelGradient(LayerState* l, int outputs, float* d, float* input, float* sums)
    {
        Geometry g = l->Window;
        nint kernel = (nint)g.KernelRows * g.KernelColumns * Lane, dRow = (nint)l->Out.Columns * Lane;
        nint inputRow = (nint)l->Convolution->PaddedInputColumns * Lane;
        for (nint i = 0; i < outputs * kernel; i += S.Count) S.Store(sums + i, S.Zero);
        int strip = StripBytes / (outputs * l->Out.Columns * Lane * sizeof(float));
        if (strip < 1) strip = 1;
        for (int y = 0; y < l->Out.Rows; y += strip)
        {
            int end = y + strip < l->Out.Rows ? y + strip : l->Out.Rows;
            for (int ky = 0; ky < g.KernelRows; ky++)
            {
                // Output rows whose input row i·S + ky − P is inside the input.
                int low = g.PadRows > ky ? (g.PadRows - ky + g.StrideRows - 1) / g.StrideRows : 0;
                int last = l->In.Rows - 1 + g.PadRows - ky;
                int high = last < 0 ? 0 : last / g.StrideRows + 1;
                if (low < y) low = y;
                if (high > end) high = end;
                if (high <= low) continue;
                WeightGradientLanes<S, V>.Run(outputs, g.KernelColumns, sums + (nint)ky * g.KernelColumns * Lane, kernel,
                    d + low * dRow, (nint)l->Out.Plane * Lane, dRow,
                    input + (low * g.StrideRows + ky - g.PadRows) * inputRow, g.StrideRows * inputRow,
                    (nint)g.StrideColumns * Lane, high - low, l->Out.Columns);
            }
        }
    }

    /// <summary>
    /// Sums the lanes of [outputs][kernel][16] into to[o·toStride + k], sixteen at a time. The last block of an output
    /// overlaps the one before it or, if there is none, extends into the slack behind the sums.
    /// </summary>
    private static void SumLanes(float* sums, int outputs, int kernel, float* to, nint toStride)
    {
        float* room = sums + ((nint)outputs * kernel + Lane) * Lane;
        for (; outputs > 0; outputs--)
        {
            for (int k = 0; k < kernel; k += Lane)
            {
                int first = k + Lane <= kernel || kernel < Lane ? k : kernel - Lane;
                S.SumLanes16(sums + (nint)first * Lane, kernel < Lane ? room : to + first);
            }
            for (int k = 0; k < kernel && kernel < Lane; k++) to[k] = room[k];
            sums += (nint)kernel * Lane;
            to += toStride;
        }
    }

    /// <summary>The gradient of the batch: the tiles' partial gradients added in order.</summary>
    public static void SumTiles(LayerState* l, int first, int count)
    {
        ConvolutionState* own = l->Convolution;
        for (int i = 0; i < own->PartialCount; i += S.Count)
        {
            V sum = S.Load(own->Partial + i);
            for (int tile = 1; tile < l->Batch->Tiles; tile++) sum = S.Add(sum, S.Load(own->Partial + tile * own->PartialTile + i));
            S.Store(l->WeightGradient + i, sum);
        }
    }
}
