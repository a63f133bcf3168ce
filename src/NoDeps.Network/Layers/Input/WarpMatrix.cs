using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Maps pixel (x, y) of an augmented image to its source (M00·x + M01·y + X, M10·x + M11·y + Y), with 16 fractional bits.
/// </summary>
public unsafe struct WarpMatrix
{
    /// <summary>Fractional bits.</summary>
    public const int Bits = 16;
    private const double One = 1 << Bits;
    private const double TwoTo32 = 4294967296.0;

    public int M00, M01, M10, M11, X, Y;

    /// <summary>The identity.</summary>
    public static WarpMatrix Identity => new() { M00 = 1 << Bits, M11 = 1 << Bits };

    /// <summary>
    /// Draws one: the image is sheared, scaled, rotated about its center, mirrored and then shifted, and this is the inverse. Numbers
    /// come from the first two Philox blocks of the image, whose first two words give the shift, as in <see cref="ImageShift"/>.
    /// </summary>
    public static WarpMatrix Draw(in Augmentation how, int shift, Shape shape, ulong seed, ulong stream, int image)
    {
        int down, right;
        ImageShift.Draw(seed, stream, image, shift, &down, &right);
        Words(seed, stream, image, 0, out _, out _, out uint rotation, out uint scaling);
        Words(seed, stream, image, 1, out uint shearing, out uint flipping, out _, out _);
        double angle = Symmetric(rotation) * how.Rotate * (Math.PI / 180);
        double scale = 1 / (1 + Symmetric(scaling) * how.Scale), shear = Symmetric(shearing) * how.Shear;
        double cosine = Cosine.Of(angle) * scale, sine = Cosine.Of(angle - Math.PI / 2) * scale;
        // Inverse of rotation and scaling, then of the shear.
        double m10 = -sine, m11 = cosine, m00 = cosine - shear * m10, m01 = sine - shear * m11;
        if (how.Flip && (flipping & 1) != 0)
        {
            m00 = -m00;
            m10 = -m10;
        }
        double centerX = (shape.Columns - 1) / 2.0, centerY = (shape.Rows - 1) / 2.0;
        double fromX = centerX + right, fromY = centerY + down;
        WarpMatrix matrix;
        matrix.M00 = Fixed(m00);
        matrix.M01 = Fixed(m01);
        matrix.M10 = Fixed(m10);
        matrix.M11 = Fixed(m11);
        matrix.X = Fixed(centerX - m00 * fromX - m01 * fromY);
        matrix.Y = Fixed(centerY - m10 * fromX - m11 * fromY);
        return matrix;
    }

    /// <summary>A Philox block of an image.</summary>
    internal static void Words(ulong seed, ulong stream, int image, uint block, out uint a, out uint b, out uint c, out uint d)
    {
        a = (uint)image;
        b = block;
        c = (uint)stream;
        d = (uint)(stream >> 32);
        Philox.Block(ref a, ref b, ref c, ref d, (uint)seed, (uint)(seed >> 32));
    }

    /// <summary>From −1 up, and below 1.</summary>
    private static double Symmetric(uint word) => word * (2 / TwoTo32) - 1;

    /// <summary>Rounded to the nearest.</summary>
    private static int Fixed(double value) => (int)Math.Floor(value * One + 0.5);
}
