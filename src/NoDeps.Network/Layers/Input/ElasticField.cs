using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Elastic distortion (Simard, Steinkraus and Platt, "Best practices for convolutional neural networks", 2003): a random displacement
/// for every pixel, uniform from −1 to 1 in both directions, smoothed by a Gaussian and multiplied by a factor. This is what every
/// form of it has in common.
/// </summary>
public static unsafe class ElasticField
{
    /// <summary>Elements in which rows are rounded up.</summary>
    private const int Lane = Lanes.Count;
    private const uint FirstBlock = 16;

    /// <summary>Weights of a Gaussian on one side of its center and at it.</summary>
    public static int Taps(double sigma) => (int)Math.Ceiling(3 * sigma) + 1;

    /// <summary>The most of them.</summary>
    public const int MaxTaps = (int)(3 * Augmentation.MaxSigma) + 1;

    /// <summary>The Gaussian, cut off at three standard deviations; its weights on both sides add up to 1.</summary>
    public static void Weigh(double sigma, float* weights)
    {
        int taps = Taps(sigma);
        double sum = 0;
        for (int i = 0; i < taps; i++) sum += (i == 0 ? 1 : 2) * Exponential.Of(-i * i / (2 * sigma * sigma));
        for (int i = 0; i < taps; i++) weights[i] = (float)(Exponential.Of(-i * i / (2 * sigma * sigma)) / sum);
    }

    /// <summary>Floats from one row of a field to the next: zeros on both sides, as far as any Gaussian reaches.</summary>
    public static int Stride(int columns) => (columns + Lane - 1) / Lane * Lane + 2 * Margin;

    internal const int Margin = (MaxTaps + Lane - 1) / Lane * Lane;

    /// <summary>Floats of scratch memory: a field, and one whose rows are smoothed.</summary>
    public static long ScratchFloats(Shape shape) => 2L * shape.Rows * Stride(shape.Columns);

    /// <summary>Draws a field, [row][column] with zeros around; four of its numbers from each word of the image's Philox blocks.</summary>
    /// <param name="field">Rows of <see cref="Stride"/>.</param>
    /// <param name="shape">Of the image.</param>
    /// <param name="seed">Key.</param>
    /// <param name="stream">Stream of the epoch.</param>
    /// <param name="image">Number of the image.</param>
    /// <param name="which">0 for horizontal displacements, 1 for vertical ones.</param>
    internal static void Draw(float* field, Shape shape, ulong seed, ulong stream, int image, int which)
    {
        int stride = Stride(shape.Columns);
        uint block = FirstBlock + (uint)which * ((uint)shape.Plane / Lane + 1);
        uint* words = stackalloc uint[4];
        byte* bytes = (byte*)words;
        int used = Lane;
        MemoryFill.Fill((byte*)field, 0, (nuint)((long)shape.Rows * stride * sizeof(float)));
        for (int row = 0; row < shape.Rows; row++)
        {
            float* to = field + (long)row * stride + Margin;
            for (int column = 0; column < shape.Columns; column++)
            {
                if (used == Lane)
                {
                    WarpMatrix.Words(seed, stream, image, block++, out words[0], out words[1], out words[2], out words[3]);
                    used = 0;
                }
                to[column] = bytes[used++] * (2f / 255) - 1;
            }
        }
    }
}
