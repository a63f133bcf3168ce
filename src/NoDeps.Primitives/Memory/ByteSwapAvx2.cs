using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary><see cref="ByteSwap"/> with AVX2: 64 bytes per iteration, with one shuffle per 32 bytes.</summary>
public static unsafe class ByteSwapAvx2
{
    // Shuffle masks for 16 bytes holding numbers of 1, 2, 4 and 8 bytes.
    private static ReadOnlySpan<byte> Sources =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14,
        3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
        7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8,
    ];

    /// <inheritdoc cref="ByteSwap.Copy"/>
    public static void Copy(byte* from, byte* to, nint count, int size)
    {
        Vector256<byte> sources;
        fixed (byte* table = Sources)
            sources = Avx2.BroadcastVector128ToVector256(table + (size == 8 ? 48 : size == 4 ? 32 : 16 * (size - 1)));
        nint at = 0;
        for (; at + 64 <= count; at += 64)
        {
            Vector256<byte> low = Avx.LoadVector256(from + at), high = Avx.LoadVector256(from + at + 32);
            Avx.Store(to + at, Avx2.Shuffle(low, sources));
            Avx.Store(to + at + 32, Avx2.Shuffle(high, sources));
        }
        ByteSwapScalar.Copy(from + at, to + at, count - at, size);
    }
}
