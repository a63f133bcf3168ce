using System.Runtime.Intrinsics.X86;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// An image resampled through a <see cref="WarpMatrix"/> and, with elastic distortion, a field of displacements: bilinear between the
/// four nearest pixels, in integers, so that every form gives the same bytes. Pixels from outside are 0.
/// </summary>
public static unsafe class ImageWarp
{
    /// <summary>Zeros around the image: one more than interpolation reads, so that any position can be clamped to them.</summary>
    private const int Border = 2;
    /// <summary>To which the cells are aligned.</summary>
    private const int Alignment = 64;

    /// <summary>Bytes of scratch memory for an image of that shape.</summary>
    public static long ScratchBytes(Shape shape) => PaddedBytes(shape) + sizeof(int) * (Cells(shape) + ImageWarpAvx2.Slack);

    /// <summary>The image with its border, and the bytes after it that a vector may read.</summary>
    private static long PaddedBytes(Shape shape) =>
        ((long)(shape.Rows + 2 * Border) * Stride(shape) + ImageWarpAvx2.Slack + Alignment - 1) / Alignment * Alignment;

    /// <summary>Positions that have pixels to the right and below them.</summary>
    private static long Cells(Shape shape) => (long)(shape.Rows + 2 * Border - 1) * Stride(shape);

    private static int Stride(Shape shape) => shape.Columns + 2 * Border;

    /// <summary>Resamples an image.</summary>
    /// <param name="from">[channel][row][column].</param>
    /// <param name="to">The same, elsewhere.</param>
    /// <param name="shape">Sides of at most <see cref="Augmentation.MaxSide"/>.</param>
    /// <param name="matrix">Where pixels come from.</param>
    /// <param name="displacements">[2][row][column] horizontal and vertical ones, with 16 fractional bits; null for none.</param>
    /// <param name="scratch"><see cref="ScratchBytes"/>; need not be initialized.</param>
    public static void Apply(byte* from, byte* to, Shape shape, in WarpMatrix matrix, int* displacements, byte* scratch) =>
        Apply(from, to, shape, in matrix, displacements, scratch, Avx2.IsSupported);

    /// <summary>The definition. As <see cref="Apply(byte*, byte*, Shape, in WarpMatrix, int*, byte*)"/>.</summary>
    public static void ApplyScalar(byte* from, byte* to, Shape shape, in WarpMatrix matrix, int* displacements, byte* scratch) =>
        Apply(from, to, shape, in matrix, displacements, scratch, false);

    private static void Apply(byte* from, byte* to, Shape shape, in WarpMatrix matrix, int* displacements, byte* scratch, bool isVector)
    {
        int plane = shape.Rows * shape.Columns, stride = Stride(shape);
        MemoryFill.Fill(scratch, 0, (nuint)PaddedBytes(shape));
        int* cells = (int*)(scratch + PaddedBytes(shape));
        int border = Border * stride + Border;
        byte* first = scratch + border;
        for (int channel = 0; channel < shape.Channels; channel++, from += plane, to += plane)
        {
            for (int row = 0; row < shape.Rows; row++)
                MemoryCopy.Copy(first + row * stride, from + row * shape.Columns, (nuint)shape.Columns);
            if (isVector && shape.Columns >= ImageWarpAvx2.Count)
            {
                ImageWarpAvx2.MakeCells(scratch, stride, (int)Cells(shape), cells);
                ImageWarpAvx2.Plane(cells + border, stride, shape, in matrix, displacements, to);
            }
            else
            {
                PlaneScalar(first, stride, shape, in matrix, displacements, to);
            }
        }
    }

    /// <summary>The definition, for a plane.</summary>
    private static void PlaneScalar(byte* image, int stride, Shape shape, in WarpMatrix matrix, int* moved, byte* to)
    {
        for (int at = 0; at < shape.Plane; at++)
        {
            int row = at / shape.Columns, column = at % shape.Columns;
            int atX = matrix.M00 * column + matrix.M01 * row + matrix.X, atY = matrix.M10 * column + matrix.M11 * row + matrix.Y;
            if (moved != null)
            {
                atX += moved[at];
                atY += moved[shape.Plane + at];
            }
            int left = Clamp(atX >> WarpMatrix.Bits, shape.Columns), top = Clamp(atY >> WarpMatrix.Bits, shape.Rows);
            int right = atX >> (WarpMatrix.Bits - 8) & 255, below = atY >> (WarpMatrix.Bits - 8) & 255;
            byte* upper = image + top * stride + left, lower = upper + stride;
            int a = (upper[0] << 8) + (upper[1] - upper[0]) * right, b = (lower[0] << 8) + (lower[1] - lower[0]) * right;
            to[at] = (byte)(((a << 8) + (b - a) * below + 32768) >> 16);
        }
    }

    /// <summary>Positions farther outside see the same zeros.</summary>
    private static int Clamp(int position, int side) => position < -Border ? -Border : position > side ? side : position;
}
