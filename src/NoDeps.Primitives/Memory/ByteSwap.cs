using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Reverses the byte order of arrays of numbers. Forms: <see cref="ByteSwapScalar"/>, <see cref="ByteSwapAvx2"/>.
/// </summary>
public static unsafe class ByteSwap
{
    /// <summary>Copies <paramref name="count"/> bytes, reversing the bytes of each number.</summary>
    /// <param name="from">The numbers, at any alignment.</param>
    /// <param name="to">The destination: <paramref name="from"/> itself, or a range that does not overlap it.</param>
    /// <param name="count">The number of bytes, a multiple of <paramref name="size"/>.</param>
    /// <param name="size">Bytes per number: 1, 2, 4 or 8.</param>
    public static void Copy(byte* from, byte* to, nint count, int size)
    {
        if (Avx2.IsSupported) ByteSwapAvx2.Copy(from, to, count, size);
        else ByteSwapScalar.Copy(from, to, count, size);
    }
}
