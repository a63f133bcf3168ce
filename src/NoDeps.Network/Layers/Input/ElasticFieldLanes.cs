using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The fields of <see cref="ElasticField"/>, smoothed along rows, then along columns; from outside come zeros.</summary>
internal static unsafe class ElasticFieldLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>The displacements of an image, [2][row][column], horizontal then vertical, with 16 fractional bits.</summary>
    public static void Make(int* displacements, Shape shape, float* weights, int taps, float alpha, ulong seed, ulong stream, int image,
        float* scratch)
    {
        int stride = ElasticField.Stride(shape.Columns, taps), size = shape.Rows * stride, margin = ElasticField.Margin(taps);
        float* field = scratch, zeros = field + size, rows = zeros + stride, smooth = rows + size;
        byte* numbers = (byte*)(smooth + size);
        float factor = alpha * (1 << WarpMatrix.Bits);
        MemoryFill.Fill((byte*)scratch, 0, (nuint)((size + stride) * sizeof(float)));
        for (int which = 0; which < 2; which++)
        {
            ElasticField.Draw(numbers, shape, seed, stream, image, which);
            Spread(numbers, field, shape, stride, margin);
            Smooth(field, rows, shape, stride, margin, 1, null, weights, taps);
            Smooth(rows, smooth, shape, stride, margin, stride, zeros, weights, taps);
            for (int row = 0; row < shape.Rows; row++, displacements += shape.Columns)
                ElasticField.ToFixed(smooth + row * stride + margin, shape.Columns, factor, displacements);
        }
    }

    /// <summary>Random bytes as numbers from −1 to 1, with zeros after each row.</summary>
    internal static void Spread(byte* numbers, float* field, Shape shape, int stride, int margin)
    {
        V unit = S.Create(2f / 255), one = S.Create(1);
        for (int row = 0; row < shape.Rows; row++, numbers += shape.Columns)
        {
            float* to = field + row * stride + margin;
            for (int column = 0; column < shape.Columns; column += S.Count)
                S.Store(to + column, S.Subtract(S.Multiply(S.LoadBytes(numbers + column), unit), one));
            for (int i = 0; i < Lanes.Count; i += S.Count) S.Store(to + shape.Columns + i, S.Zero);
        }
    }

    /// <summary>Convolves with a symmetric kernel in one direction.</summary>
    /// <param name="from">Rows with <paramref name="margin"/> zeros on both sides.</param>
    /// <param name="to">The same; its margins are not written but for what rounds a row up.</param>
    /// <param name="shape">Rows and columns.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="margin">Zeros before a row.</param>
    /// <param name="distance">Between neighbors: 1 along rows, the stride along columns.</param>
    /// <param name="zeros">A row of zeros, in place of those above and below the field; null along rows.</param>
    /// <param name="weights">[taps], the center first.</param>
    /// <param name="taps">Weights on one side and at the center.</param>
    private static void Smooth(float* from, float* to, Shape shape, int stride, int margin, int distance, float* zeros, float* weights,
        int taps)
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            float* line = from + row * stride + margin, result = to + row * stride + margin;
            for (int column = 0; column < shape.Columns; column += 2 * S.Count)
            {
                float* before = line + column, after = before;
                V sum = S.Multiply(S.Broadcast(weights), S.Load(before));
                V next = S.Multiply(S.Broadcast(weights), S.Load(before + S.Count));
                for (int i = 1; i < taps; i++)
                {
                    before -= distance;
                    after += distance;
                    float* first = zeros != null && i > row ? zeros : before;
                    float* second = zeros != null && row + i >= shape.Rows ? zeros : after;
                    V weight = S.Broadcast(weights + i);
                    sum = S.Fma(weight, S.Add(S.Load(first), S.Load(second)), sum);
                    next = S.Fma(weight, S.Add(S.Load(first + S.Count), S.Load(second + S.Count)), next);
                }
                S.Store(result + column, sum);
                S.Store(result + column + S.Count, next);
            }
        }
    }
}
