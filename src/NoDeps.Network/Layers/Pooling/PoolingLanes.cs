using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Max and average pooling on lanes, any geometry per axis. Max pooling stores the index of the maximum in the window;
/// ties go to the first in row order, and padding is never the maximum. Padding counts in the mean (scratch, 3.4;
/// Vardhan, 3.1.3).
/// </summary>
internal static unsafe class PoolingLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;

    /// <summary>Maxima and their indices; for 2 × 2 windows <see cref="Max2x2Forward"/> is faster.</summary>
    public static void MaximumForward(LayerState* l, int first, int count)
    {
        for (int c = first * l->In.Channels; c < (first + count) * l->In.Channels; c++)
        {
            nint to = (nint)c * l->Out.Plane * Lane;
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                MaximumPlane(l, l->Input + (nint)c * l->In.Plane * Lane + lane, l->Output + to + lane, l->MaxPooling->ArgMax + to + lane);
            }
        }
    }

    /// <summary>Maxima and their indices in 2 × 2 windows with stride 2.</summary>
    public static void Max2x2Forward(LayerState* l, int first, int count)
    {
        for (int c = first * l->In.Channels; c < (first + count) * l->In.Channels; c++)
        {
            nint to = (nint)c * l->Out.Plane * Lane;
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                MaximumOfPairs(l, l->Input + (nint)c * l->In.Plane * Lane + lane, l->Output + to + lane, l->MaxPooling->ArgMax + to + lane);
            }
        }
    }

    private static void MaximumOfPairs(LayerState* l, float* x, float* y, float* places)
    {
        nint row = (nint)l->In.Columns * Lane;
        V one = S.Create(1f), two = S.Create(2f), three = S.Create(3f);
        for (int i = 0; i < l->Out.Rows; i++)
        {
            float* p = x + 2 * i * row;
            for (int j = 0; j < l->Out.Columns; j++)
            {
                V best = S.Load(p), v = S.Load(p + Lane);
                V place = S.SelectGreater(v, best, one, S.Zero);
                best = S.Max(v, best);
                v = S.Load(p + row);
                place = S.SelectGreater(v, best, two, place);
                best = S.Max(v, best);
                v = S.Load(p + row + Lane);
                S.Store(places, S.SelectGreater(v, best, three, place));
                S.Store(y, S.Max(v, best));
                p += 2 * Lane;
                y += Lane;
                places += Lane;
            }
        }
    }

    /// <summary>
    /// One row of 2 × 2 maxima over two output rows of some channels of a convolution, and batchnorm by the running
    /// statistics if there is one: it is monotonic, so that it gives the same bits after the maximum, or the minimum,
    /// as before it.
    /// </summary>
    /// <param name="l">The convolution.</param>
    /// <param name="tile">Which tile.</param>
    /// <param name="y">Which row of the pooling's output.</param>
    /// <param name="channel">The first channel.</param>
    /// <param name="end">The one after the last channel.</param>
    /// <param name="rows">[channel][2][column][16].</param>
    public static void MaximumOfStrip(LayerState* l, int tile, int y, int channel, int end, float* rows)
    {
        LayerState* pooling = l->FusedPooling, normalization = l->FusedNormalization;
        nint row = (nint)l->Out.Columns * Lane;
        V mean = S.Zero, scale = S.Zero, bias = S.Zero;
        bool falls = false;
        for (; channel < end; channel++)
        {
            if (normalization != null)
            {
                float factor = normalization->Weight[channel] * normalization->BatchNormalization->RunningInvStd[channel];
                mean = S.Broadcast(normalization->BatchNormalization->RunningMean + channel);
                scale = S.Create(factor);
                bias = S.Broadcast(normalization->Bias + channel);
                falls = factor < 0;
            }
            float* output = pooling->Output + tile * pooling->OutputTile +
                ((nint)channel * pooling->Out.Rows + y) * pooling->Out.Columns * Lane;
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                float* p = rows + lane, to = output + lane;
                for (int j = pooling->Out.Columns; j > 0; j--)
                {
                    V a = S.Load(p), b = S.Load(p + Lane), c = S.Load(p + row), d = S.Load(p + row + Lane);
                    V best = falls ? S.Min(d, S.Min(c, S.Min(b, a))) : S.Max(d, S.Max(c, S.Max(b, a)));
                    if (normalization != null) best = S.Fma(S.Subtract(best, mean), scale, bias);
                    S.Store(to, best);
                    p += 2 * Lane;
                    to += Lane;
                }
            }
            rows += 2 * row;
        }
    }

    private static void MaximumPlane(LayerState* l, float* x, float* y, float* places)
    {
        Geometry g = l->Window;
        for (int i = 0; i < l->Out.Rows; i++)
        {
            for (int j = 0; j < l->Out.Columns; j++)
            {
                V best = S.Create(float.NegativeInfinity), place = S.Zero;
                bool any = false;
                for (int u = 0; u < g.KernelRows; u++)
                {
                    int a = i * g.StrideRows + u - g.PadRows;
                    if ((uint)a >= (uint)l->In.Rows) continue;
                    for (int v = 0; v < g.KernelColumns; v++)
                    {
                        int b = j * g.StrideColumns + v - g.PadColumns;
                        if ((uint)b >= (uint)l->In.Columns) continue;
                        V value = S.Load(x + ((nint)a * l->In.Columns + b) * Lane);
                        V here = S.Create(u * g.KernelColumns + v);
                        if (any)
                        {
                            place = S.SelectGreater(value, best, here, place);
                            best = S.Max(value, best);
                        }
                        else
                        {
                            place = here;
                            best = value;
                            any = true;
                        }
                    }
                }
                S.Store(y, best);
                S.Store(places, place);
                y += Lane;
                places += Lane;
            }
        }
    }

    /// <summary>Each output's gradient goes to the position of its maximum.</summary>
    public static void MaximumBackward(LayerState* l, int first, int count)
    {
        Clear(l, first, count);
        for (int c = first * l->In.Channels; c < (first + count) * l->In.Channels; c++)
        {
            nint output = (nint)c * l->Out.Plane * Lane;
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                GradientPlane(l, l->OutputGradient + output + lane, l->MaxPooling->ArgMax + output + lane,
                    l->InputGradient + (nint)c * l->In.Plane * Lane + lane);
            }
        }
    }

    /// <summary>The same for 2 × 2 windows with stride 2.</summary>
    public static void Max2x2Backward(LayerState* l, int first, int count)
    {
        if (((l->In.Rows | l->In.Columns) & 1) != 0) Clear(l, first, count);
        for (int c = first * l->In.Channels; c < (first + count) * l->In.Channels; c++)
        {
            nint output = (nint)c * l->Out.Plane * Lane;
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                GradientOfPairs(l, l->OutputGradient + output + lane, l->MaxPooling->ArgMax + output + lane,
                    l->InputGradient + (nint)c * l->In.Plane * Lane + lane);
            }
        }
    }

    private static void Clear(LayerState* l, int first, int count)
    {
        float* to = l->InputGradient + first * l->InputTile;
        for (nint i = 0; i < count * l->InputTile; i += S.Count) S.Store(to + i, S.Zero);
    }

    private static void GradientOfPairs(LayerState* l, float* g, float* places, float* to)
    {
        nint row = (nint)l->In.Columns * Lane;
        V one = S.Create(1f), two = S.Create(2f), three = S.Create(3f);
        for (int i = 0; i < l->Out.Rows; i++)
        {
            float* p = to + 2 * i * row;
            for (int j = 0; j < l->Out.Columns; j++)
            {
                V d = S.Load(g), place = S.Load(places);
                S.Store(p, S.SelectEqual(place, S.Zero, d, S.Zero));
                S.Store(p + Lane, S.SelectEqual(place, one, d, S.Zero));
                S.Store(p + row, S.SelectEqual(place, two, d, S.Zero));
                S.Store(p + row + Lane, S.SelectEqual(place, three, d, S.Zero));
                p += 2 * Lane;
                g += Lane;
                places += Lane;
            }
        }
    }

    private static void GradientPlane(LayerState* l, float* gradient, float* places, float* to)
    {
        Geometry g = l->Window;
        for (int i = 0; i < l->Out.Rows; i++)
        {
            for (int j = 0; j < l->Out.Columns; j++)
            {
                V d = S.Load(gradient), place = S.Load(places);
                for (int u = 0; u < g.KernelRows; u++)
                {
                    int a = i * g.StrideRows + u - g.PadRows;
                    if ((uint)a >= (uint)l->In.Rows) continue;
                    for (int v = 0; v < g.KernelColumns; v++)
                    {
                        int b = j * g.StrideColumns + v - g.PadColumns;
                        if ((uint)b >= (uint)l->In.Columns) continue;
                        float* p = to + ((nint)a * l->In.Columns + b) * Lane;
                        V here = S.Create(u * g.KernelColumns + v);
                        S.Store(p, S.Add(S.Load(p), S.SelectEqual(place, here, d, S.Zero)));
                    }
                }
                gradient += Lane;
                places += Lane;
            }
        }
    }

    /// <summary>Means of windows; positions outside the input count as 0.</summary>
    public static void AverageForward(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++) Average(l, tile, true);
    }

    /// <summary>Each output's gradient is divided equally among its window.</summary>
    public static void AverageBackward(LayerState* l, int first, int count)
    {
        Clear(l, first, count);
        for (int tile = first; tile < first + count; tile++) Average(l, tile, false);
    }

    private static void Average(LayerState* l, int tile, bool forward)
    {
        Geometry g = l->Window;
        V share = S.Create(1f / (g.KernelRows * g.KernelColumns));
        float* inputs = (forward ? l->Input : l->InputGradient) + tile * l->InputTile;
        float* outputs = (forward ? l->Output : l->OutputGradient) + tile * l->OutputTile;
        for (int c = 0; c < l->In.Channels; c++)
        {
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                float* x = inputs + (nint)c * l->In.Plane * Lane + lane;
                float* y = outputs + (nint)c * l->Out.Plane * Lane + lane;
                for (int i = 0; i < l->Out.Rows; i++)
                {
                    for (int j = 0; j < l->Out.Columns; j++)
                    {
                        V sum = S.Zero, d = forward ? S.Zero : S.Multiply(share, S.Load(y));
                        for (int u = 0; u < g.KernelRows; u++)
                        {
                            int a = i * g.StrideRows + u - g.PadRows;
                            if ((uint)a >= (uint)l->In.Rows) continue;
                            for (int v = 0; v < g.KernelColumns; v++)
                            {
                                int b = j * g.StrideColumns + v - g.PadColumns;
                                if ((uint)b >= (uint)l->In.Columns) continue;
                                float* p = x + ((nint)a * l->In.Columns + b) * Lane;
                                if (forward) sum = S.Add(sum, S.Load(p));
                                else S.Store(p, S.Add(S.Load(p), d));
                            }
                        }
                        if (forward) S.Store(y, S.Multiply(sum, share));
                        y += Lane;
                    }
                }
            }
        }
    }
}
