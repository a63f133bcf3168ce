using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Convolution as the papers write it: one sample, one number at a time (scratch, 3.3; Lochman, 1a and 1d). A sample's
/// elements are <c>stride</c> floats apart, so it works on plain arrays (1) and on one lane of tiles (16). The fast
/// form is <see cref="ConvolutionLanes{S, V}"/>.
/// </summary>
public static unsafe class ConvolutionScalar
{
    private const int Lane = Lanes.Count;

    /// <summary>
    /// Z(i, j, o) = Σ_c Σ_u Σ_v W(u, v, c, o) · B(i·S + u, j·S + v, c) + b(o), where B is the zero-padded input
    /// (scratch, 3.3.1; the sum over c runs over the input's channels).
    /// </summary>
    /// <param name="input">[channels][rows][columns].</param>
    /// <param name="inShape">Shape of the input.</param>
    /// <param name="weight">[outputs][channels][kernel rows][kernel columns], consecutive.</param>
    /// <param name="bias">[outputs], consecutive.</param>
    /// <param name="output">[outputs][rows][columns].</param>
    /// <param name="outShape">Shape of the output.</param>
    /// <param name="g">Kernel, stride and padding.</param>
    /// <param name="stride">Floats between two elements of input and output.</param>
    public static void Forward(float* input, Shape inShape, float* weight, float* bias, float* output, Shape outShape,
        Geometry g, nint stride)
    {
        for (int o = 0; o < outShape.Channels; o++)
        {
            for (int i = 0; i < outShape.Rows; i++)
            {
                for (int j = 0; j < outShape.Columns; j++)
                {
                    float z = bias[o];
                    for (int c = 0; c < inShape.Channels; c++)
                    {
                        for (int u = 0; u < g.KernelRows; u++)
                        {
                            int a = i * g.StrideRows + u - g.PadRows;
                            if ((uint)a >= (uint)inShape.Rows) continue;
                            for (int v = 0; v < g.KernelColumns; v++)
                            {
                                int b = j * g.StrideColumns + v - g.PadColumns;
                                if ((uint)b >= (uint)inShape.Columns) continue;
                                float w = weight[Weight(o, c, u, v, inShape, g)];
                                z = System.MathF.FusedMultiplyAdd(w, input[At(c, a, b, inShape) * stride], z);
                            }
                        }
                    }
                    output[At(o, i, j, outShape) * stride] = z;
                }
            }
        }
    }

    /// <summary>
    /// ∂L/∂A(a, b, c) = Σ_o Σ_i Σ_j δ(i, j, o) · W(a + P − i·S, b + P − j·S, c, o), i from max(0, ⌈(a + P − F + 1)/S⌉) to
    /// min(h − 1, ⌊(a + P)/S⌋), j likewise, all counted from 0 (scratch, 3.3.3, whose two bounds are swapped).
    /// </summary>
    public static void InputGradient(float* gradient, Shape outShape, float* weight, float* inputGradient, Shape inShape,
        Geometry g, nint stride)
    {
        for (int c = 0; c < inShape.Channels; c++)
        {
            for (int a = 0; a < inShape.Rows; a++)
            {
                int firstRow = First(a + g.PadRows, g.KernelRows, g.StrideRows), lastRow = Last(a + g.PadRows, g.StrideRows, outShape.Rows);
                for (int b = 0; b < inShape.Columns; b++)
                {
                    int firstColumn = First(b + g.PadColumns, g.KernelColumns, g.StrideColumns);
                    int lastColumn = Last(b + g.PadColumns, g.StrideColumns, outShape.Columns);
                    float sum = 0;
                    for (int o = 0; o < outShape.Channels; o++)
                    {
                        // Downwards, so that the kernel's rows and columns ascend as in the fast form.
                        for (int i = lastRow; i >= firstRow; i--)
                        {
                            for (int j = lastColumn; j >= firstColumn; j--)
                            {
                                int u = a + g.PadRows - i * g.StrideRows, v = b + g.PadColumns - j * g.StrideColumns;
                                float w = weight[Weight(o, c, u, v, inShape, g)];
                                sum = System.MathF.FusedMultiplyAdd(gradient[At(o, i, j, outShape) * stride], w, sum);
                            }
                        }
                    }
                    inputGradient[At(c, a, b, inShape) * stride] = sum;
                }
            }
        }
    }

    private static int First(int padded, int kernel, int stride) => padded < kernel ? 0 : (padded - kernel) / stride + 1;

    private static int Last(int padded, int stride, int size) => padded / stride < size ? padded / stride : size - 1;

    /// <summary>
    /// Adds ∂L/∂W(u, v, c, o) = Σ_i Σ_j δ(i, j, o) · B(i·S + u, j·S + v, c) and ∂L/∂b(o) = Σ_i Σ_j δ(i, j, o) of one sample
    /// (scratch, 3.3.2).
    /// </summary>
    public static void AddWeightGradient(float* gradient, Shape outShape, float* input, Shape inShape,
        float* weightGradient, float* biasGradient, Geometry g, nint stride)
    {
        for (int o = 0; o < outShape.Channels; o++)
        {
            for (int i = 0; i < outShape.Rows; i++)
            {
                for (int j = 0; j < outShape.Columns; j++)
                {
                    float d = gradient[At(o, i, j, outShape) * stride];
                    biasGradient[o] += d;
                    for (int c = 0; c < inShape.Channels; c++)
                    {
                        for (int u = 0; u < g.KernelRows; u++)
                        {
                            int a = i * g.StrideRows + u - g.PadRows;
                            if ((uint)a >= (uint)inShape.Rows) continue;
                            for (int v = 0; v < g.KernelColumns; v++)
                            {
                                int b = j * g.StrideColumns + v - g.PadColumns;
                                if ((uint)b >= (uint)inShape.Columns) continue;
                                weightGradient[Weight(o, c, u, v, inShape, g)] += d * input[At(c, a, b, inShape) * stride];
                            }
                        }
                    }
                }
            }
        }
    }

    private static nint At(int channel, int row, int column, Shape s) => ((nint)channel * s.Rows + row) * s.Columns + column;

    private static nint Weight(int o, int c, int u, int v, Shape input, Geometry g) =>
        (((nint)o * input.Channels + c) * g.KernelRows + u) * g.KernelColumns + v;

    internal static void Forward(LayerState* l, int first, int count)
    {
        for (int sample = first * Lane; sample < (first + count) * Lane; sample++)
        {
            float* y = l->Output + sample / Lane * l->OutputTile + sample % Lane;
            Forward(l->Input + sample / Lane * l->InputTile + sample % Lane, l->In, l->Weight, l->Bias, y, l->Out, l->Window, Lane);
            for (int i = 0; i < l->Out.Size; i++)
            {
                if (y[(nint)i * Lane] < l->ReluFloor) y[(nint)i * Lane] = l->ReluFloor;
            }
        }
    }

    internal static void InputGradient(LayerState* l, int first, int count)
    {
        for (int sample = first * Lane; sample < (first + count) * Lane; sample++)
        {
            InputGradient(l->OutputGradient + sample / Lane * l->OutputTile + sample % Lane, l->Out, l->Weight,
                l->InputGradient + sample / Lane * l->InputTile + sample % Lane, l->In, l->Window, Lane);
        }
    }

    internal static void WeightGradient(LayerState* l, int first, int count)
    {
        ConvolutionState* own = l->Convolution;
        for (int tile = first; tile < first + count; tile++)
        {
            float* partial = own->Partial + tile * own->PartialTile;
            for (int i = 0; i < own->PartialCount; i++) partial[i] = 0;
            for (int lane = 0; lane < l->Batch->Valid(tile); lane++)
            {
                AddWeightGradient(l->OutputGradient + tile * l->OutputTile + lane, l->Out, l->Input + tile * l->InputTile + lane,
                    l->In, partial, partial + (l->BiasGradient - l->WeightGradient), l->Window, Lane);
            }
        }
    }
}
