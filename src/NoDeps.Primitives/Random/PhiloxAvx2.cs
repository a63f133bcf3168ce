using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Consecutive blocks of <see cref="Philox"/>, four at a time: one 64-bit lane per block, and one vector for each of a
/// block's four numbers, of which only the lower 32 bits of a lane are significant. The 32-bit multiplication reads
/// just these bits, and a shift yields the upper half of its product.
/// </summary>
public static unsafe class PhiloxAvx2
{
    // The block of each lane, chosen so that unpacking pairs of lanes puts the blocks into order.
    private static ReadOnlySpan<ulong> Order => [0, 2, 1, 3];

    /// <summary>
    /// Writes at most <paramref name="blocks"/> blocks, starting with number <paramref name="block"/> of the stream,
    /// and returns the number written, a multiple of four.
    /// </summary>
    public static nint Fill(uint* to, nint blocks, ulong seed, ulong stream, ulong block)
    {
        Vector256<ulong> multiplier0 = Vector256.Create((ulong)Philox.Multiplier0);
        Vector256<ulong> multiplier1 = Vector256.Create((ulong)Philox.Multiplier1);
        Vector256<ulong> streamLow = Vector256.Create(stream), streamHigh = Vector256.Create(stream >> 32);
        Vector256<ulong> counter;
        fixed (ulong* order = Order) counter = Avx2.Add(Avx.LoadVector256(order), Vector256.Create(block));
        nint i = 0;
        for (; i + 4 <= blocks; i += 4, to += 16)
        {
            Vector256<ulong> a = counter, b = Avx2.ShiftRightLogical(counter, 32), c = streamLow, d = streamHigh;
            Vector256<ulong> key0 = Vector256.Create(seed), key1 = Vector256.Create(seed >> 32);
            for (int round = 0; round < Philox.Rounds; round++)
            {
                Vector256<ulong> product0 = Avx2.Multiply(a.AsUInt32(), multiplier0.AsUInt32());
                Vector256<ulong> product1 = Avx2.Multiply(c.AsUInt32(), multiplier1.AsUInt32());
                a = Avx2.Xor(Avx2.Xor(Avx2.ShiftRightLogical(product1, 32), b), key0);
                b = product1;
                c = Avx2.Xor(Avx2.Xor(Avx2.ShiftRightLogical(product0, 32), d), key1);
                d = product0;
                key0 = Avx2.Add(key0, Vector256.Create((ulong)Philox.Weyl0));
                key1 = Avx2.Add(key1, Vector256.Create((ulong)Philox.Weyl1));
            }
            Vector256<ulong> ab = Avx2.Blend(a.AsUInt32(), Avx2.ShiftLeftLogical(b, 32).AsUInt32(), 0xAA).AsUInt64();
            Vector256<ulong> cd = Avx2.Blend(c.AsUInt32(), Avx2.ShiftLeftLogical(d, 32).AsUInt32(), 0xAA).AsUInt64();
            Avx.Store((ulong*)to, Avx2.UnpackLow(ab, cd));
            Avx.Store((ulong*)(to + 8), Avx2.UnpackHigh(ab, cd));
            counter = Avx2.Add(counter, Vector256.Create(4UL));
        }
        return i;
    }
}
