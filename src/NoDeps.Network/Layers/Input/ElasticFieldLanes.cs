using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The smoothing of <see cref="ElasticField"/>, rows first, then columns; from outside come zeros.</summary>
internal static unsafe class ElasticFieldLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>The displacements of an image, [2][row][column], horizontal then vertical, with 16 fractional bits.</summary>
    public static void Make(int* displacements, Shape shape, float* weights, int taps, float alpha, ulong seed, ulong stream, int image,
        float* scratch)
    {
        int stride = ElasticField.Stride(shape.Columns), size = shape.Rows * stride;
        float* field = scratch, smooth = scratch + size;
        for (int which = 0; which < 2; which++)
        {
            ElasticField.Draw(field, shape, seed, stream, image, which);
            SmoothRows(field, smooth, shape, stride, weights, taps);
            SmoothColumns(smooth, field, shape, stride, weights, taps);
            float factor = alpha * (1 << WarpMatrix.Bits);
            for (int row = 0; row < shape.Rows; row++)
            {
                float* from = field + row * stride + ElasticField.Margin;
                for (int column = 0; column < shape.Columns; column++) *displacements++ = (int)(from[column] * factor);
            }
        }
    }

    private static void SmoothRows(float* from, float* to, Shape shape, int stride, float* weights, int taps)
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            float* line = from + row * stride + ElasticField.Margin;
            float* result = to + row * stride + ElasticField.Margin;
            for (int column = 0; column < shape.Columns; column += S.Count)
            {
                V sum = S.Multiply(S.Create(weights[0]), S.Load(line + column));
                for (int i = 1; i < taps; i++)
                    sum = S.Fma(S.Create(weights[i]), S.Add(S.Load(line + column - i), S.Load(line + column + i)), sum);
                S.Store(result + column, sum);
            }
        }
    }

    private static void SmoothColumns(float* from, float* to, Shape shape, int stride, float* weights, int taps)
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            float* line = from + row * stride + ElasticField.Margin;
            float* result = to + row * stride + ElasticField.Margin;
            for (int column = 0; column < shape.Columns; column += S.Count)
            {
                V sum = S.Multiply(S.Create(weights[0]), S.Load(line + column));
                for (int i = 1; i < taps; i++)
                {
                    V weight = S.Create(weights[i]);
                    if (row >= i) sum = S.Fma(weight, S.Load(line + column - i * stride), sum);
                    if (row + i < shape.Rows) sum = S.Fma(weight, S.Load(line + column + i * stride), sum);
                }
                S.Store(result + column, sum);
            }
        }
    }
}
