using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Arrays of numbers from one byte order to the other. Forms: <see cref="ByteSwapScalar"/>, <see cref="ByteSwapAvx2"/>.
/// </summary>
public static unsafe class ByteSwap
{
    /// <summary>
    /// Copies <paramref name="count"/> bytes and turns the bytes of each number round.
    /// </summary>
    /// <param name="from">The numbers; any alignment.</param>
    /// <param name="to">The place of the result: <paramref name="from"/>, or no byte of it.</param>
    /// <param name="count">How many bytes: a multiple of <paramref name="size"/>.</param>
    /// <param name="size">Bytes a number: 1, 2, 4 or 8.</param>
    public static void Copy(byte* from, byte* to, nint count, int size)
    {
        if (Avx2.IsSupported) ByteSwapAvx2.Copy(from, to, count, size);
        else ByteSwapScalar.Copy(from, to, count, size);
    }
}
