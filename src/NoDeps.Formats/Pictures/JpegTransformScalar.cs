namespace NoDeps.Formats;

/// <summary><see cref="JpegTransform"/> in scalar code: the reference for the other form.</summary>
internal static unsafe class JpegTransformScalar
{
    /// <inheritdoc cref="JpegTransform.Inverse"/>
    public static void Inverse(short* block, int* quantization, byte* to, nint stride)
    {
        int* between = stackalloc int[64];
        int* line = stackalloc int[8];
        for (int column = 0; column < 8; column++)
        {
            for (int i = 0; i < 8; i++) line[i] = block[8 * i + column] * quantization[8 * i + column];
            Line(line, JpegTransform.FactorBits - JpegTransform.BetweenBits);
            for (int i = 0; i < 8; i++) between[8 * i + column] = line[i];
        }
        for (int row = 0; row < 8; row++)
        {
            // 3 more bits, because the two one-dimensional transforms leave a factor of 8.
            Line(between + 8 * row, JpegTransform.FactorBits + JpegTransform.BetweenBits + 3);
            for (int i = 0; i < 8; i++) to[row * stride + i] = (byte)JpegTransform.Clamp(between[8 * row + i] + 128);
        }
    }

    /// <summary>Transforms 8 numbers in place; results are rounded and shifted right by <paramref name="shift"/> bits.</summary>
    private static void Line(int* x, int shift)
    {
        int common = (x[2] + x[6]) * JpegTransform.F0541;
        int e2 = common - x[6] * JpegTransform.F1847, e3 = common + x[2] * JpegTransform.F0765;
        int e0 = (x[0] + x[4]) << JpegTransform.FactorBits, e1 = (x[0] - x[4]) << JpegTransform.FactorBits;
        int round = 1 << (shift - 1);
        int even0 = e0 + e3 + round, even1 = e1 + e2 + round, even2 = e1 - e2 + round, even3 = e0 - e3 + round;

        int s17 = x[1] + x[7], s35 = x[3] + x[5], s37 = x[3] + x[7], s15 = x[1] + x[5];
        int all = (s37 + s15) * JpegTransform.F1175;
        s37 = all - s37 * JpegTransform.F1961;
        s15 = all - s15 * JpegTransform.F0390;
        s17 *= -JpegTransform.F0899;
        s35 *= -JpegTransform.F2562;
        int odd0 = x[1] * JpegTransform.F1501 + s17 + s15;
        int odd1 = x[3] * JpegTransform.F3072 + s35 + s37;
        int odd2 = x[5] * JpegTransform.F2053 + s35 + s15;
        int odd3 = x[7] * JpegTransform.F0298 + s17 + s37;

        x[0] = (even0 + odd0) >> shift;
        x[7] = (even0 - odd0) >> shift;
        x[1] = (even1 + odd1) >> shift;
        x[6] = (even1 - odd1) >> shift;
        x[2] = (even2 + odd2) >> shift;
        x[5] = (even2 - odd2) >> shift;
        x[3] = (even3 + odd3) >> shift;
        x[4] = (even3 - odd3) >> shift;
    }
}
