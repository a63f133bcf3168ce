using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Network;

/// <summary>
/// <see cref="ImageWarp"/> for eight pixels at once. The four pixels between which one lies are stored side by side, as a cell of
/// 32 bits for each position, so that one gather reads all of them. Products are sums of two 16-bit products.
/// </summary>
internal static unsafe class ImageWarpAvx2
{
    /// <summary>Pixels at once.</summary>
    internal const int Count = 8;
    private const int CellsAtOnce = 16;

    /// <summary>Cells that <see cref="MakeCells"/> writes, and bytes that it reads, beyond those asked for.</summary>
    internal const int Slack = CellsAtOnce;

    /// <summary>For four cells, which bytes are the upper pixels and which the lower ones, as 16-bit numbers; 128 is a zero.</summary>
    private static ReadOnlySpan<byte> Pairs => [0, 128, 1, 128, 4, 128, 5, 128, 8, 128, 9, 128, 12, 128, 13, 128,
        2, 128, 3, 128, 6, 128, 7, 128, 10, 128, 11, 128, 14, 128, 15, 128];

    /// <summary>Makes the cells of consecutive positions: a pixel, its right neighbor, and the two below them.</summary>
    /// <param name="image">The pixels, with a border.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="count">How many.</param>
    /// <param name="cells">Receives them, and up to <see cref="Slack"/> more.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void MakeCells(byte* image, int stride, int count, int* cells)
    {
        for (int i = 0; i < count; i += CellsAtOnce, image += CellsAtOnce, cells += CellsAtOnce)
        {
            Vector128<byte> pixels = Sse2.LoadVector128(image), right = Sse2.LoadVector128(image + 1);
            Vector128<byte> below = Sse2.LoadVector128(image + stride), diagonal = Sse2.LoadVector128(image + stride + 1);
            Vector128<short> upper = Sse2.UnpackLow(pixels, right).AsInt16(), lower = Sse2.UnpackLow(below, diagonal).AsInt16();
            Sse2.Store(cells, Sse2.UnpackLow(upper, lower).AsInt32());
            Sse2.Store(cells + 4, Sse2.UnpackHigh(upper, lower).AsInt32());
            upper = Sse2.UnpackHigh(pixels, right).AsInt16();
            lower = Sse2.UnpackHigh(below, diagonal).AsInt16();
            Sse2.Store(cells + 8, Sse2.UnpackLow(upper, lower).AsInt32());
            Sse2.Store(cells + 12, Sse2.UnpackHigh(upper, lower).AsInt32());
        }
    }

    /// <summary>All pixels of a plane of at least <see cref="Count"/> columns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Plane(int* cells, int stride, Shape shape, in WarpMatrix matrix, int* moved, byte* to)
    {
        int* lanes = stackalloc int[2 * Count];
        for (int i = 0; i < Count; i++)
        {
            lanes[i] = matrix.M00 * i + matrix.X;
            lanes[Count + i] = matrix.M10 * i + matrix.Y;
        }
        Vector256<int> rowX = Avx.LoadVector256(lanes), rowY = Avx.LoadVector256(lanes + Count);
        Vector256<int> minimum = Vector256.Create(-2), lastX = Vector256.Create(shape.Columns), lastY = Vector256.Create(shape.Rows);
        Vector256<int> strides = Vector256.Create(stride), signs = Vector256.Create(unchecked((int)0x8000_8000));
        // Half of a unit, and what flipping the signs subtracts from both terms.
        Vector256<int> rounding = Vector256.Create(32768 + 256 * 32768);
        Vector256<byte> upper, lower, bytes = Vector256.Create(0x0C080400).AsByte();
        fixed (byte* pairs = Pairs)
        {
            upper = Avx2.BroadcastVector128ToVector256(pairs);
            lower = Avx2.BroadcastVector128ToVector256(pairs + 16);
        }
        int last = shape.Columns - Count;
        for (int row = 0; row < shape.Rows; row++, to += shape.Columns)
        {
            // The last vector of a row may overlap the one before.
            for (int begin = 0; begin < shape.Columns; begin += Count)
            {
                int column = begin < last ? begin : last;
                Vector256<int> fromX = Avx2.Add(rowX, Vector256.Create(matrix.M00 * column));
                Vector256<int> fromY = Avx2.Add(rowY, Vector256.Create(matrix.M10 * column));
                if (moved != null)
                {
                    fromX = Avx2.Add(fromX, Avx.LoadVector256(moved + column));
                    fromY = Avx2.Add(fromY, Avx.LoadVector256(moved + shape.Plane + column));
                }
                Vector256<int> left = Avx2.Min(Avx2.Max(Avx2.ShiftRightArithmetic(fromX, WarpMatrix.Bits), minimum), lastX);
                Vector256<int> top = Avx2.Min(Avx2.Max(Avx2.ShiftRightArithmetic(fromY, WarpMatrix.Bits), minimum), lastY);
                Vector256<int> cell = Avx2.GatherVector256(cells, Avx2.Add(Avx2.MultiplyLow(top, strides), left), sizeof(int));
                Vector256<short> across = Shares(fromX), down = Shares(fromY);
                Vector256<int> a = Avx2.MultiplyAddAdjacent(Avx2.Shuffle(cell.AsByte(), upper).AsInt16(), across);
                Vector256<int> b = Avx2.MultiplyAddAdjacent(Avx2.Shuffle(cell.AsByte(), lower).AsInt16(), across);
                // Both have 16 bits; with the highest one flipped, they are signed numbers, smaller by 32768.
                Vector256<int> pair = Avx2.Xor(Avx2.Or(a, Avx2.ShiftLeftLogical(b, 16)), signs);
                Vector256<int> sum = Avx2.Add(Avx2.MultiplyAddAdjacent(pair.AsInt16(), down), rounding);
                Avx.Store(lanes, Avx2.Shuffle(Avx2.ShiftRightLogical(sum, 16).AsByte(), bytes).AsInt32());
                *(int*)(to + column) = lanes[0];
                *(int*)(to + column + 4) = lanes[4];
            }
            rowX = Avx2.Add(rowX, Vector256.Create(matrix.M01));
            rowY = Avx2.Add(rowY, Vector256.Create(matrix.M11));
            if (moved != null) moved += shape.Columns;
        }
    }

    /// <summary>The shares of two neighbors by the eight highest fractional bits: 256 − f for the first, f for the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Shares(Vector256<int> position)
    {
        Vector256<int> second = Avx2.And(Avx2.ShiftRightArithmetic(position, WarpMatrix.Bits - 8), Vector256.Create(255));
        return Avx2.Or(Avx2.Subtract(Vector256.Create(256), second), Avx2.ShiftLeftLogical(second, 16)).AsInt16();
    }
}
