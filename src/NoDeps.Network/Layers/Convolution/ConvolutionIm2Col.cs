using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Convolution as a product of two matrices (pedestrians, section 8, equations 26 to 31; Lochman, 1b, whose
/// <c>convweight2rows</c> and <c>im2col</c> these are): a row of the first is a kernel, a column of the second is the
/// patch of input under the kernel at one position. One sample at a time, with elements <c>stride</c> floats apart: 1
/// for plain arrays, 16 for one lane of tiles. <see cref="ConvolutionScalar"/> is the sum itself,
/// <see cref="ConvolutionLanes{S, V}"/> the fast form.
/// </summary>
public static unsafe class ConvolutionIm2Col
{
    private const int Lane = Lanes.Count;

    /// <summary>Floats of the matrix of patches, provided by the caller: C_in·F_rows·F_columns × positions.</summary>
    public static long ColumnsCount(Shape inShape, Shape outShape, Geometry g) => (long)Taps(inShape, g) * outShape.Plane;

    /// <summary>
    /// The weights as a matrix [outputs] × [channels · kernel rows · kernel columns] (Lochman, 1b: convweight2rows;
    /// pedestrians, equation 26). They already have this layout, [outputs][channels][kernel rows][kernel columns]:
    /// nothing is copied.
    /// </summary>
    public static Matrix ConvWeight2Rows(float* weight, int outputs, int channels, Geometry g) =>
        new Matrix(weight, outputs, channels * g.KernelRows * g.KernelColumns, 1);

    /// <summary>
    /// X((c, u, v), (i, j)) = B(i·S + u, j·S + v, c), where B is the zero-padded input (Lochman, 1b: im2col;
    /// pedestrians, section 8: φ).
    /// </summary>
    /// <param name="input">[channels][rows][columns].</param>
    /// <param name="inShape">Shape of the input.</param>
    /// <param name="outShape">Shape of the convolution's output; its rows and columns are the positions.</param>
    /// <param name="g">Kernel, stride and padding.</param>
    /// <param name="stride">Floats between two elements of the input.</param>
    /// <param name="columns">Room for <see cref="ColumnsCount"/> floats, all of which are written.</param>
    /// <returns>The matrix in <paramref name="columns"/>.</returns>
    public static Matrix Im2Col(float* input, Shape inShape, Shape outShape, Geometry g, nint stride, float* columns)
    {
        Matrix x = new Matrix(columns, Taps(inShape, g), outShape.Plane, 1);
        float* next = columns;
        for (int tap = 0; tap < x.Rows; tap++)
        {
            int v = tap % g.KernelColumns, u = tap / g.KernelColumns % g.KernelRows, c = tap / g.KernelColumns / g.KernelRows;
            for (int i = 0; i < outShape.Rows; i++)
            {
                float* row = Row(input, c, i * g.StrideRows + u - g.PadRows, inShape, stride);
                int b = v - g.PadColumns;
                for (int j = 0; j < outShape.Columns; j++, b += g.StrideColumns)
                {
                    *next++ = row == null || (uint)b >= (uint)inShape.Columns ? 0 : row[b * stride];
                }
            }
        }
        return x;
    }

    /// <summary>
    /// The adjoint of <see cref="Im2Col"/>: input element (a, b, c) becomes the sum of all elements of the matrix to
    /// which <see cref="Im2Col"/> would copy it, in the order of taps, then positions; elements that fall on padding
    /// are dropped.
    /// </summary>
    /// <param name="columns">[channels · kernel rows · kernel columns][positions], consecutive.</param>
    /// <param name="inputGradient">[channels][rows][columns], overwritten.</param>
    /// <param name="inShape">Shape of the input.</param>
    /// <param name="outShape">Shape of the convolution's output.</param>
    /// <param name="g">Kernel, stride and padding.</param>
    /// <param name="stride">Floats between two elements of the input gradient.</param>
    public static void Col2Im(float* columns, float* inputGradient, Shape inShape, Shape outShape, Geometry g, nint stride)
    {
        for (int i = 0; i < inShape.Size; i++) inputGradient[i * stride] = 0;
        float* next = columns;
        for (int tap = 0; tap < Taps(inShape, g); tap++)
        {
            int v = tap % g.KernelColumns, u = tap / g.KernelColumns % g.KernelRows, c = tap / g.KernelColumns / g.KernelRows;
            for (int i = 0; i < outShape.Rows; i++, next += outShape.Columns)
            {
                float* row = Row(inputGradient, c, i * g.StrideRows + u - g.PadRows, inShape, stride);
                if (row == null) continue;
                int b = v - g.PadColumns;
                for (int j = 0; j < outShape.Columns; j++, b += g.StrideColumns)
                {
                    if ((uint)b < (uint)inShape.Columns) row[b * stride] += next[j];
                }
            }
        }
    }

    private static int Taps(Shape input, Geometry g) => input.Channels * g.KernelRows * g.KernelColumns;

    /// <summary>The start of row <paramref name="a"/> of a channel; null for a row of padding.</summary>
    private static float* Row(float* image, int channel, int a, Shape shape, nint stride) =>
        (uint)a >= (uint)shape.Rows ? null : image + ((nint)channel * shape.Rows + a) * shape.Columns * stride;

    /// <summary>z = convweight2rows(W)·im2col(x) + b (Lochman, 1b; pedestrians, equation 28).</summary>
    /// <param name="input">[channels][rows][columns].</param>
    /// <param name="inShape">Shape of the input.</param>
    /// <param name="weight">[outputs][channels][kernel rows][kernel columns], consecutive.</param>
    /// <param name="bias">[outputs], consecutive.</param>
    /// <param name="output">[outputs][rows][columns].</param>
    /// <param name="outShape">Shape of the output.</param>
    /// <param name="g">Kernel, stride and padding.</param>
    /// <param name="stride">Floats between two elements of input and output.</param>
    /// <param name="columns">Room for <see cref="ColumnsCount"/> floats.</param>
    public static void Forward(float* input, Shape inShape, float* weight, float* bias, float* output, Shape outShape,
        Geometry g, nint stride, float* columns)
    {
        Matrix z = new Matrix(output, outShape.Channels, outShape.Plane, stride);
        for (int o = 0; o < z.Rows; o++)
        {
            for (int j = 0; j < z.Columns; j++) *z.At(o, j) = bias[o];
        }
        Matrix rows = ConvWeight2Rows(weight, outShape.Channels, inShape.Channels, g);
        MatrixProductBlocks.Add(rows, Im2Col(input, inShape, outShape, g, stride, columns), z);
    }

    /// <summary>
    /// ∂L/∂x = col2im(convweight2rows(W)ᵀ·δ) (pedestrians, section 8, the left side of equation 31). Parameters as in
    /// <see cref="Forward(float*, Shape, float*, float*, float*, Shape, Geometry, nint, float*)"/>.
    /// </summary>
    public static void InputGradient(float* gradient, Shape outShape, float* weight, float* inputGradient, Shape inShape,
        Geometry g, nint stride, float* columns)
    {
        Matrix delta = new Matrix(gradient, outShape.Channels, outShape.Plane, stride);
        Matrix rows = ConvWeight2Rows(weight, outShape.Channels, inShape.Channels, g);
        MatrixProductBlocks.Set(rows.Transposed(), delta, new Matrix(columns, rows.Columns, delta.Columns, 1));
        Col2Im(columns, inputGradient, inShape, outShape, g, stride);
    }

    /// <summary>
    /// Adds ∂L/∂W = δ·im2col(x)ᵀ and ∂L/∂b(o) = Σ_j δ(o, j) of one sample (pedestrians, section 8). Parameters as in
    /// <see cref="Forward(float*, Shape, float*, float*, float*, Shape, Geometry, nint, float*)"/>.
    /// </summary>
    public static void AddWeightGradient(float* gradient, Shape outShape, float* input, Shape inShape,
        float* weightGradient, float* biasGradient, Geometry g, nint stride, float* columns)
    {
        Matrix delta = new Matrix(gradient, outShape.Channels, outShape.Plane, stride);
        Matrix x = Im2Col(input, inShape, outShape, g, stride, columns);
        MatrixProductBlocks.Add(delta, x.Transposed(), ConvWeight2Rows(weightGradient, outShape.Channels, inShape.Channels, g));
        for (int o = 0; o < delta.Rows; o++)
        {
            for (int j = 0; j < delta.Columns; j++) biasGradient[o] += *delta.At(o, j);
        }
    }

    internal static void Forward(LayerState* l, int first, int count)
    {
        ConvolutionState* own = l->Convolution;
        for (int sample = first * Lane; sample < (first + count) * Lane; sample++)
        {
            int tile = sample / Lane, lane = sample % Lane;
            float* y = l->Output + tile * l->OutputTile + lane;
            Forward(l->Input + tile * l->InputTile + lane, l->In, l->Weight, l->Bias, y, l->Out, l->Window, Lane,
                own->Columns + tile * own->ColumnsTile);
            for (int i = 0; i < l->Out.Size; i++)
            {
                if (y[(nint)i * Lane] < l->ReluFloor) y[(nint)i * Lane] = l->ReluFloor;
            }
        }
    }

    internal static void InputGradient(LayerState* l, int first, int count)
    {
        ConvolutionState* own = l->Convolution;
        for (int sample = first * Lane; sample < (first + count) * Lane; sample++)
        {
            int tile = sample / Lane, lane = sample % Lane;
            InputGradient(l->OutputGradient + tile * l->OutputTile + lane, l->Out, l->Weight,
                l->InputGradient + tile * l->InputTile + lane, l->In, l->Window, Lane, own->Columns + tile * own->ColumnsTile);
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
                    l->In, partial, partial + (l->BiasGradient - l->WeightGradient), l->Window, Lane,
                    own->Columns + tile * own->ColumnsTile);
            }
        }
    }
}
