using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Formats;

/// <summary>
/// Undoes PNG filters with SSE2, all channels of a pixel at once: for pixels of 3 or 4 bytes, the filters that depend on the pixel
/// to the left; for pixels of any size, Up. <see cref="PngFilter.UndoScalar"/> defines the result.
/// </summary>
internal static unsafe class PngFilterSse2
{
    /// <summary>Returns true if this class supports the filter.</summary>
    internal static bool IsFor(int type, int pixel) => Sse2.IsSupported && Sse2.X64.IsSupported && (type == 2 || pixel is 3 or 4);

    /// <summary><see cref="PngFilter.Undo"/>, if <see cref="IsFor"/> is true.</summary>
    internal static void Undo(int type, byte* row, byte* above, int length, int pixel)
    {
        switch (type)
        {
            case 1:
                Sub(row, length, pixel);
                break;
            case 2:
                Up(row, above, length);
                break;
            case 3:
                Average(row, above, length, pixel);
                break;
            case 4:
                Paeth(row, above, length, pixel);
                break;
        }
    }

    private static void Up(byte* row, byte* above, int length)
    {
        int i = 0;
        for (; i + 16 <= length; i += 16) Sse2.Store(row + i, Sse2.Add(Sse2.LoadVector128(row + i), Sse2.LoadVector128(above + i)));
        for (; i < length; i++) row[i] += above[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sub(byte* row, int length, int pixel)
    {
        Vector128<byte> left = Vector128<byte>.Zero;
        for (byte* end = row + length; row < end; row += pixel)
        {
            left = Sse2.Add(left, Load(row, end));
            Store(row, left, pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Average(byte* row, byte* above, int length, int pixel)
    {
        Vector128<byte> left = Vector128<byte>.Zero, ones = Vector128.Create((byte)1);
        byte* aboveEnd = above + length;
        for (byte* end = row + length; row < end; row += pixel, above += pixel)
        {
            // The instruction rounds up; the filter rounds down.
            Vector128<byte> up = Load(above, aboveEnd);
            Vector128<byte> mean = Sse2.Subtract(Sse2.Average(left, up), Sse2.And(Sse2.Xor(left, up), ones));
            left = Sse2.Add(mean, Load(row, end));
            Store(row, left, pixel);
        }
    }

    /// <summary>
    /// Needs only byte arithmetic: if left and above are on the same side of the corner, the corner is the farthest of the three and
    /// its distance does not matter; otherwise, its distance is the difference of the other two.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Paeth(byte* row, byte* above, int length, int pixel)
    {
        Vector128<byte> left = Vector128<byte>.Zero, corner = Vector128<byte>.Zero, zero = Vector128<byte>.Zero;
        byte* aboveEnd = above + length;
        for (byte* end = row + length; row < end; row += pixel, above += pixel)
        {
            Vector128<byte> up = Load(above, aboveEnd);
            Vector128<byte> upLess = Sse2.SubtractSaturate(corner, up), leftLess = Sse2.SubtractSaturate(corner, left);
            Vector128<byte> toLeft = Sse2.Or(Sse2.SubtractSaturate(up, corner), upLess);
            Vector128<byte> toAbove = Sse2.Or(Sse2.SubtractSaturate(left, corner), leftLess);
            Vector128<byte> toCorner = Sse2.Or(Sse2.SubtractSaturate(toLeft, toAbove), Sse2.SubtractSaturate(toAbove, toLeft));
            // All ones if both are below the corner, or neither is.
            Vector128<byte> sameSide = Sse2.CompareEqual(Sse2.CompareEqual(upLess, zero), Sse2.CompareEqual(leftLess, zero));
            toCorner = Sse2.Or(toCorner, sameSide);
            Vector128<byte> nearest = Sse2.Min(Sse2.Min(toLeft, toAbove), toCorner);
            Vector128<byte> isLeft = Sse2.CompareEqual(nearest, toLeft), isAbove = Sse2.CompareEqual(nearest, toAbove);
            Vector128<byte> other = Sse2.Or(Sse2.And(isAbove, up), Sse2.AndNot(isAbove, corner));
            Vector128<byte> predicted = Sse2.Or(Sse2.And(isLeft, left), Sse2.AndNot(isLeft, other));
            corner = up;
            left = Sse2.Add(predicted, Load(row, end));
            Store(row, left, pixel);
        }
    }

    /// <summary>Loads four bytes, or only three at the end of the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(byte* from, byte* end)
    {
        uint bytes = end - from >= 4 ? Unsafe.ReadUnaligned<uint>(from) : from[0] | (uint)from[1] << 8 | (uint)from[2] << 16;
        return Sse2.X64.ConvertScalarToVector128UInt64(bytes).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(byte* to, Vector128<byte> value, int pixel)
    {
        uint bytes = (uint)Sse2.X64.ConvertToUInt64(value.AsUInt64());
        if (pixel == 4)
        {
            Unsafe.WriteUnaligned(to, bytes);
            return;
        }
        Unsafe.WriteUnaligned(to, (ushort)bytes);
        to[2] = (byte)(bytes >> 16);
    }
}
