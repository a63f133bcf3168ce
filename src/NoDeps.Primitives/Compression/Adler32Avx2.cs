using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary><see cref="Adler32"/> with AVX2, 64 bytes per step.</summary>
/// <remarks>
/// Let a be the low sum before n steps of 64 bytes. The high sum grows by three terms: 64·n·a; 64 times the sum, over
/// the steps, of how much the low sum had grown before the step; and, in each step, its bytes weighted by 64, 63, …, 1.
/// </remarks>
public static unsafe class Adler32Avx2
{
    private const int StepBytes = 64;
    private const int Lanes = 8;

    /// <summary>
    /// The bytes per block: 86 steps. After these, the largest 32-bit lane, the sum of sums, is at most 16·255·86·85/2
    /// &lt; 2^24. Within a step, the sum of two products, at most 255·(64 + 63), just fits a signed 16-bit lane.
    /// </summary>
    private const int BlockBytes = Adler32.BlockBytes / StepBytes * StepBytes;

    private static ReadOnlySpan<byte> Weights =>
    [
        64, 63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49,
        48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33,
        32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17,
        16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
    ];

    private static ReadOnlySpan<ushort> Ones => [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];

    /// <summary>As <see cref="Adler32.Update"/>.</summary>
    public static uint Update(uint adler, ReadOnlySpan<byte> data)
    {
        uint* sums = stackalloc uint[3 * Lanes];
        fixed (byte* start = data)
        fixed (byte* weights = Weights)
        fixed (ushort* ones = Ones)
        {
            byte* p = start;
            nint left = data.Length;
            while (left >= StepBytes)
            {
                nint now = left < BlockBytes ? left & -StepBytes : BlockBytes;
                Block(p, now, weights, (short*)ones, sums);
                ulong a = adler & 0xFFFF;
                ulong b = (adler >> 16) + a * (ulong)now + StepBytes * Total(sums) + Total(sums + Lanes);
                a += Total(sums + 2 * Lanes);
                adler = ((uint)(b % Adler32.Modulus) << 16) | (uint)(a % Adler32.Modulus);
                p += now;
                left -= now;
            }
            return Adler32.Run(adler, p, left);
        }
    }

    /// <summary>
    /// Computes three lane-wise sums over whole steps, at most <see cref="BlockBytes"/>: of the growth of the low sum
    /// before each step, of the weighted bytes, and of the bytes. A separate method, because a call does not preserve
    /// vector registers.
    /// </summary>
    private static void Block(byte* p, nint bytes, byte* weights, short* ones, uint* sums)
    {
        Vector256<sbyte> weightLow = Avx.LoadVector256(weights).AsSByte();
        Vector256<sbyte> weightHigh = Avx.LoadVector256(weights + 32).AsSByte();
        Vector256<short> one = Avx.LoadVector256((byte*)ones).AsInt16();
        Vector256<int> sum = Vector256<int>.Zero;
        Vector256<int> before = Vector256<int>.Zero;
        Vector256<int> weighted = Vector256<int>.Zero;
        for (byte* end = p + bytes; p < end; p += StepBytes)
        {
            Vector256<byte> low = Avx.LoadVector256(p);
            Vector256<byte> high = Avx.LoadVector256(p + 32);
            before = Avx2.Add(before, sum);
            sum = Avx2.Add(sum, Avx2.Add(Avx2.SumAbsoluteDifferences(low, Vector256<byte>.Zero).AsInt32(),
                Avx2.SumAbsoluteDifferences(high, Vector256<byte>.Zero).AsInt32()));
            weighted = Avx2.Add(weighted, Avx2.Add(
                Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(low, weightLow), one),
                Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(high, weightHigh), one)));
        }
        Avx.Store((int*)sums, before);
        Avx.Store((int*)sums + Lanes, weighted);
        Avx.Store((int*)sums + 2 * Lanes, sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Total(uint* lanes)
    {
        ulong total = 0;
        for (int i = 0; i < Lanes; i++) total += lanes[i];
        return total;
    }
}
