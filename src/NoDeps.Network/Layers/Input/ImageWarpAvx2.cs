using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Network;

/// <summary><see cref="ImageWarp"/> for eight pixels at once, by gathers of two neighbors each.</summary>
internal static unsafe class ImageWarpAvx2
{
    private const int Count = 8;

    /// <summary>As many whole vectors of a row as there are; the columns done.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static int Row(byte* image, int stride, Shape shape, in WarpMatrix matrix, int x, int y, int* moved, int plane, byte* to)
    {
        int* lanes = stackalloc int[2 * Count];
        for (int i = 0; i < Count; i++)
        {
            lanes[i] = matrix.M00 * i + x;
            lanes[Count + i] = matrix.M10 * i + y;
        }
        Vector256<int> atX = Avx.LoadVector256(lanes), atY = Avx.LoadVector256(lanes + Count);
        Vector256<int> stepX = Vector256.Create(matrix.M00 * Count), stepY = Vector256.Create(matrix.M10 * Count);
        Vector256<int> least = Vector256.Create(-2), lastX = Vector256.Create(shape.Columns), lastY = Vector256.Create(shape.Rows);
        Vector256<int> low = Vector256.Create(255), strides = Vector256.Create(stride), half = Vector256.Create(32768);
        int column = 0;
        for (; column + Count <= shape.Columns; column += Count)
        {
            Vector256<int> fromX = atX, fromY = atY;
            if (moved != null)
            {
                fromX = Avx2.Add(fromX, Avx.LoadVector256(moved + column));
                fromY = Avx2.Add(fromY, Avx.LoadVector256(moved + plane + column));
            }
            Vector256<int> left = Avx2.Min(Avx2.Max(Avx2.ShiftRightArithmetic(fromX, WarpMatrix.Bits), least), lastX);
            Vector256<int> top = Avx2.Min(Avx2.Max(Avx2.ShiftRightArithmetic(fromY, WarpMatrix.Bits), least), lastY);
            Vector256<int> right = Avx2.And(Avx2.ShiftRightArithmetic(fromX, WarpMatrix.Bits - 8), low);
            Vector256<int> below = Avx2.And(Avx2.ShiftRightArithmetic(fromY, WarpMatrix.Bits - 8), low);
            Vector256<int> index = Avx2.Add(Avx2.MultiplyLow(top, strides), left);
            Vector256<int> a = Between(Avx2.GatherVector256((int*)image, index, 1), low, right);
            Vector256<int> b = Between(Avx2.GatherVector256((int*)(image + stride), index, 1), low, right);
            Vector256<int> sum = Avx2.Add(Avx2.ShiftLeftLogical(a, 8), Avx2.MultiplyLow(Avx2.Subtract(b, a), below));
            Avx.Store(lanes, Avx2.ShiftRightArithmetic(Avx2.Add(sum, half), 16));
            for (int i = 0; i < Count; i++) to[column + i] = (byte)lanes[i];
            atX = Avx2.Add(atX, stepX);
            atY = Avx2.Add(atY, stepY);
        }
        return column;
    }

    /// <summary>Between the two lowest bytes of each number, times 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Between(Vector256<int> pair, Vector256<int> low, Vector256<int> share)
    {
        Vector256<int> first = Avx2.And(pair, low), second = Avx2.And(Avx2.ShiftRightArithmetic(pair, 8), low);
        return Avx2.Add(Avx2.ShiftLeftLogical(first, 8), Avx2.MultiplyLow(Avx2.Subtract(second, first), share));
    }
}
