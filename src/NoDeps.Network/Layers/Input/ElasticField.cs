using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Elastic distortion (Simard, Steinkraus and Platt, "Best practices for convolutional neural networks", 2003): a random displacement
/// for every pixel, uniform from −1 to 1 in both directions, smoothed by a Gaussian and multiplied by a factor. The part that all
/// forms share.
/// </summary>
public static unsafe class ElasticField
{
    private const int Lane = Lanes.Count;
    private const int BlockBytes = 16;
    private const uint FirstImage = 1u << 31;

    /// <summary>Weights of a Gaussian on one side of its center and at it.</summary>
    public static int Taps(double sigma) => (int)Math.Ceiling(3 * sigma) + 1;

    /// <summary>The maximum number of weights.</summary>
    public const int MaxTaps = (int)(3 * Augmentation.MaxSigma) + 1;

    /// <summary>The Gaussian, cut off at three standard deviations; its weights on both sides add up to 1.</summary>
    public static void Weigh(double sigma, float* weights)
    {
        int taps = Taps(sigma);
        double sum = 0;
        for (int i = 0; i < taps; i++) sum += (i == 0 ? 1 : 2) * Exponential.Of(-i * i / (2 * sigma * sigma));
        for (int i = 0; i < taps; i++) weights[i] = (float)(Exponential.Of(-i * i / (2 * sigma * sigma)) / sum);
    }

    /// <summary>
    /// Floats from one row of a field to the next: pairs of vectors, and zeros on both sides as far as the Gaussian reaches.
    /// </summary>
    public static int Stride(int columns, int taps) => RoundUp(columns, 2 * Lane) + 2 * Margin(taps);

    /// <summary>Zeros on one side.</summary>
    internal static int Margin(int taps) => RoundUp(taps, Lane);

    /// <summary>
    /// Floats of scratch memory: both fields, one whose rows are smoothed, a row of zeros, and the random bytes of a field.
    /// </summary>
    public static long ScratchFloats(Shape shape, double sigma) =>
        (3L * shape.Rows + 1) * Stride(shape.Columns, Taps(sigma)) + (NumberBytes(shape) + Lane) / sizeof(float);

    /// <summary>Random bytes of a field: whole Philox blocks.</summary>
    private static int NumberBytes(Shape shape) => RoundUp(shape.Plane, BlockBytes);

    /// <summary>Draws the bytes of a field, [row][column], from −1 for 0 to 1 for 255.</summary>
    /// <param name="numbers">Receives them, and the rest of their last block.</param>
    /// <param name="shape">Of the image.</param>
    /// <param name="seed">Key.</param>
    /// <param name="stream">Stream of the epoch.</param>
    /// <param name="image">Number of the image.</param>
    /// <param name="which">0 for horizontal displacements, 1 for vertical ones.</param>
    internal static void Draw(byte* numbers, Shape shape, ulong seed, ulong stream, int image, int which)
    {
        int bytes = NumberBytes(shape);
        Philox generator = new(seed, stream);
        // The image's number comes with the highest bit, which the blocks of the other changes do not have.
        generator.Seek((ulong)(FirstImage | (uint)image) << 32 | (uint)(which * (bytes / BlockBytes)));
        generator.Fill(new Span<uint>(numbers, bytes / sizeof(uint)));
    }

    private static int RoundUp(int count, int unit) => (count + unit - 1) / unit * unit;

    /// <summary>A smoothed row as displacements with 16 fractional bits, rounded toward zero.</summary>
    internal static void ToFixed(float* row, int columns, float factor, int* to)
    {
        int column = 0;
        if (Avx.IsSupported)
        {
            const int Width = 8;
            Vector256<float> factors = Vector256.Create(factor);
            for (; column + Width <= columns; column += Width)
            {
                Vector256<float> product = Avx.Multiply(Avx.LoadVector256(row + column), factors);
                Avx.Store(to + column, Avx.ConvertToVector256Int32WithTruncation(product));
            }
        }
        for (; column < columns; column++) to[column] = (int)(row[column] * factor);
    }
}
