using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Pooling as the papers write it, one sample at a time (scratch, 3.4; Vardhan, 3.1.3). Elements are <c>stride</c>
/// floats apart. The fast form is <see cref="PoolingLanes{S, V}"/>.
/// </summary>
public static unsafe class PoolingScalar
{
    private const int Lane = Lanes.Count;

    /// <summary>
    /// The maximum of each window and its index u·F + v there; the first of equal ones, never the padding.
    /// </summary>
    public static void Maximum(float* input, Shape inShape, float* output, float* places, Shape outShape, Geometry g, nint stride)
    {
        for (int o = 0; o < outShape.Size; o++)
        {
            int c = o / outShape.Plane, i = o % outShape.Plane / outShape.Columns, j = o % outShape.Columns;
            float best = float.NegativeInfinity;
            int place = -1;
            for (int k = 0; k < g.KernelRows * g.KernelColumns; k++)
            {
                nint at = Place(c, i, j, k, inShape, g);
                if (at < 0 || (place >= 0 && !(input[at * stride] > best))) continue;
                best = input[at * stride];
                place = k;
            }
            output[o * stride] = best;
            places[o * stride] = place;
        }
    }

    /// <summary>Adds each output's gradient at the position of its maximum.</summary>
    public static void AddMaximumGradient(float* gradient, float* places, Shape outShape, float* inputGradient, Shape inShape,
        Geometry g, nint stride)
    {
        for (int o = 0; o < outShape.Size; o++)
        {
            int c = o / outShape.Plane, i = o % outShape.Plane / outShape.Columns, j = o % outShape.Columns;
            nint at = Place(c, i, j, (int)places[o * stride], inShape, g);
            inputGradient[at * stride] += gradient[o * stride];
        }
    }

    /// <summary>The mean of each window; positions outside the input count as 0.</summary>
    public static void Average(float* input, Shape inShape, float* output, Shape outShape, Geometry g, nint stride)
    {
        for (int o = 0; o < outShape.Size; o++)
        {
            int c = o / outShape.Plane, i = o % outShape.Plane / outShape.Columns, j = o % outShape.Columns;
            float sum = 0;
            for (int k = 0; k < g.KernelRows * g.KernelColumns; k++)
            {
                nint at = Place(c, i, j, k, inShape, g);
                if (at >= 0) sum += input[at * stride];
            }
            output[o * stride] = sum * (1f / (g.KernelRows * g.KernelColumns));
        }
    }

    /// <summary>Adds each output's gradient to its window in equal parts.</summary>
    public static void AddAverageGradient(float* gradient, Shape outShape, float* inputGradient, Shape inShape, Geometry g, nint stride)
    {
        for (int o = 0; o < outShape.Size; o++)
        {
            int c = o / outShape.Plane, i = o % outShape.Plane / outShape.Columns, j = o % outShape.Columns;
            float d = gradient[o * stride] * (1f / (g.KernelRows * g.KernelColumns));
            for (int k = 0; k < g.KernelRows * g.KernelColumns; k++)
            {
                nint at = Place(c, i, j, k, inShape, g);
                if (at >= 0) inputGradient[at * stride] += d;
            }
        }
    }

    /// <summary>The input element at index k of window (i, j); −1 in the padding.</summary>
    private static nint Place(int c, int i, int j, int k, Shape input, Geometry g)
    {
        int a = i * g.StrideRows + k / g.KernelColumns - g.PadRows, b = j * g.StrideColumns + k % g.KernelColumns - g.PadColumns;
        if ((uint)a >= (uint)input.Rows || (uint)b >= (uint)input.Columns) return -1;
        return ((nint)c * input.Rows + a) * input.Columns + b;
    }

    internal static void MaximumForward(LayerState* l, int first, int count)
    {
        for (int sample = first * Lane; sample < (first + count) * Lane; sample++)
        {
            nint output = sample / Lane * l->OutputTile + sample % Lane;
            Maximum(l->Input + sample / Lane * l->InputTile + sample % Lane, l->In, l->Output + output, l->MaxPooling->ArgMax + output,
                l->Out, l->Window, Lane);
        }
    }

    internal static void AverageForward(LayerState* l, int first, int count)
    {
        for (int sample = first * Lane; sample < (first + count) * Lane; sample++)
        {
            Average(l->Input + sample / Lane * l->InputTile + sample % Lane, l->In,
                l->Output + sample / Lane * l->OutputTile + sample % Lane, l->Out, l->Window, Lane);
        }
    }

    internal static void MaximumBackward(LayerState* l, int first, int count)
    {
        for (int sample = first * Lane; sample < (first + count) * Lane; sample++)
        {
            float* to = l->InputGradient + sample / Lane * l->InputTile + sample % Lane;
            nint output = sample / Lane * l->OutputTile + sample % Lane;
            for (int i = 0; i < l->In.Size; i++) to[(nint)i * Lane] = 0;
            AddMaximumGradient(l->OutputGradient + output, l->MaxPooling->ArgMax + output, l->Out, to, l->In, l->Window, Lane);
        }
    }

    internal static void AverageBackward(LayerState* l, int first, int count)
    {
        for (int sample = first * Lane; sample < (first + count) * Lane; sample++)
        {
            float* to = l->InputGradient + sample / Lane * l->InputTile + sample % Lane;
            for (int i = 0; i < l->In.Size; i++) to[(nint)i * Lane] = 0;
            AddAverageGradient(l->OutputGradient + sample / Lane * l->OutputTile + sample % Lane, l->Out, to, l->In, l->Window, Lane);
        }
    }
}
