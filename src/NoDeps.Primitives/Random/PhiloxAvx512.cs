using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Consecutive blocks of <see cref="Philox"/>, eight at a time: <see cref="PhiloxAvx2"/> with vectors twice as wide.
/// </summary>
public static unsafe class PhiloxAvx512
{
    private static ReadOnlySpan<ulong> Order => [0, 4, 1, 5, 2, 6, 3, 7];

    /// <summary>
    /// Writes at most <paramref name="blocks"/> blocks, starting with number <paramref name="block"/> of the stream,
    /// and returns the number written, a multiple of eight.
    /// </summary>
    public static nint Fill(uint* to, nint blocks, ulong seed, ulong stream, ulong block)
    {
        Vector512<ulong> multiplier0 = Vector512.Create((ulong)Philox.Multiplier0);
        Vector512<ulong> multiplier1 = Vector512.Create((ulong)Philox.Multiplier1);
        Vector512<ulong> streamLow = Vector512.Create(stream), streamHigh = Vector512.Create(stream >> 32);
        Vector512<ulong> lower = Vector512.Create((ulong)uint.MaxValue);
        Vector512<ulong> counter;
        fixed (ulong* order = Order) counter = Avx512F.Add(Avx512F.LoadVector512(order), Vector512.Create(block));
        nint i = 0;
        for (; i + 8 <= blocks; i += 8, to += 32)
        {
            Vector512<ulong> a = counter, b = Avx512F.ShiftRightLogical(counter, 32), c = streamLow, d = streamHigh;
            Vector512<ulong> key0 = Vector512.Create(seed), key1 = Vector512.Create(seed >> 32);
            for (int round = 0; round < Philox.Rounds; round++)
            {
                Vector512<ulong> product0 = Avx512F.Multiply(a.AsUInt32(), multiplier0.AsUInt32());
                Vector512<ulong> product1 = Avx512F.Multiply(c.AsUInt32(), multiplier1.AsUInt32());
                // 0x96 is the exclusive-or of all three operands.
                a = Avx512F.TernaryLogic(Avx512F.ShiftRightLogical(product1, 32), b, key0, 0x96);
                b = product1;
                c = Avx512F.TernaryLogic(Avx512F.ShiftRightLogical(product0, 32), d, key1, 0x96);
                d = product0;
                key0 = Avx512F.Add(key0, Vector512.Create((ulong)Philox.Weyl0));
                key1 = Avx512F.Add(key1, Vector512.Create((ulong)Philox.Weyl1));
            }
            Vector512<ulong> ab = Avx512F.Or(Avx512F.And(a, lower), Avx512F.ShiftLeftLogical(b, 32));
            Vector512<ulong> cd = Avx512F.Or(Avx512F.And(c, lower), Avx512F.ShiftLeftLogical(d, 32));
            Avx512F.Store((ulong*)to, Avx512F.UnpackLow(ab, cd));
            Avx512F.Store((ulong*)(to + 16), Avx512F.UnpackHigh(ab, cd));
            counter = Avx512F.Add(counter, Vector512.Create(8UL));
        }
        return i;
    }
}
