using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The weight gradient of a convolution on lanes (scratch, 3.3.2): for one input channel and a block of output channels
/// <code>dW[o][ky][kx] = Σ_y Σ_x d[o][y][x] · in[y·S + ky − P][x·S + kx − P]</code>
/// per lane. A block of up to 4 outputs × 5 kernel columns stays in registers along a few output rows. Each sum runs
/// over y and x in order, whatever the block.
/// </summary>
internal static unsafe class WeightGradientLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>Maximum output channels of a block.</summary>
    public const int MaxOutputs = 4;

    /// <summary>Output channels of the next block when this many remain.</summary>
    public static int NextBlock(int left) => left >= MaxOutputs ? MaxOutputs : left >= 2 ? 2 : 1;

    /// <summary>Adds the products of a rectangle of output positions to the accumulators.</summary>
    /// <param name="outputs">Output channels: 4, 2 or 1 (<see cref="NextBlock"/>).</param>
    /// <param name="taps">Kernel columns, at least 1.</param>
    /// <param name="sums">The accumulators [outputs][taps][16]; outputs are sumStride floats apart.</param>
    /// <param name="sumStride">Stride of the accumulators by output, in floats.</param>
    /// <param name="d">The output gradient of the block's first channel at the first position.</param>
    /// <param name="dOutput">Stride of the output gradient by channel, in floats.</param>
    /// <param name="dRow">Stride of the output gradient by row, in floats.</param>
    /// <param name="input">The input element that meets the first position at the first tap.</param>
    /// <param name="inputRow">Stride of the input by output row, in floats.</param>
    /// <param name="stride">Stride of the input by output column, in floats.</param>
    /// <param name="rows">Output rows.</param>
    /// <param name="columns">Output columns.</param>
    public static void Run(int outputs, int taps, float* sums, nint sumStride, float* d, nint dOutput, nint dRow,
        float* input, nint inputRow, nint stride, int rows, int columns)
    {
        while (taps > 0)
        {
            int block = taps >= 5 ? 5 : taps >= 3 ? 3 : 1;
            for (int lane = 0; lane < Lanes.Count; lane += S.Count)
            {
                float* s = sums + lane, g = d + lane, p = input + lane;
                switch (outputs)
                {
                    case 4: Taps<Four>(block, s, sumStride, g, dOutput, dRow, p, inputRow, stride, rows, columns); break;
                    case 2: Taps<Two>(block, s, sumStride, g, dOutput, dRow, p, inputRow, stride, rows, columns); break;
                    default: Taps<One>(block, s, sumStride, g, dOutput, dRow, p, inputRow, stride, rows, columns); break;
                }
            }
            sums += block * Lanes.Count;
            input += block * Lanes.Count;
            taps -= block;
        }
    }

    private static void Taps<O>(int taps, float* sums, nint sumStride, float* d, nint dOutput, nint dRow, float* input,
        nint inputRow, nint stride, int rows, int columns) where O : struct, ICount
    {
        // With 16 registers 4 × 5 accumulators do not fit; two outputs at a time do.
        if (S.Count == 8 && O.Value > 2)
        {
            Taps<Two>(taps, sums, sumStride, d, dOutput, dRow, input, inputRow, stride, rows, columns);
            Taps<Two>(taps, sums + 2 * sumStride, sumStride, d + 2 * dOutput, dOutput, dRow, input, inputRow, stride, rows, columns);
            return;
        }
        if (taps == 5) Block<O, Five>(sums, sumStride, d, dOutput, dRow, input, inputRow, stride, rows, columns);
        else if (taps == 3) Block<O, Three>(sums, sumStride, d, dOutput, dRow, input, inputRow, stride, rows, columns);
        else Block<O, One>(sums, sumStride, d, dOutput, dRow, input, inputRow, stride, rows, columns);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Block<O, K>(float* sums, nint sumStride, float* d, nint dOutput, nint dRow, float* input,
        nint inputRow, nint stride, int rows, int columns) where O : struct, ICount where K : struct, ICount
    {
        nint dOutput3 = dOutput * 3;
        V a00 = S.Load(sums);
        V a01 = K.Value > 1 ? S.Load(sums + 16) : S.Zero;
        V a02 = K.Value > 1 ? S.Load(sums + 32) : S.Zero;
        V a03 = K.Value > 3 ? S.Load(sums + 48) : S.Zero;
        V a04 = K.Value > 3 ? S.Load(sums + 64) : S.Zero;
        V a10 = O.Value > 1 ? S.Load(sums + sumStride) : S.Zero;
        V a11 = O.Value > 1 && K.Value > 1 ? S.Load(sums + sumStride + 16) : S.Zero;
        V a12 = O.Value > 1 && K.Value > 1 ? S.Load(sums + sumStride + 32) : S.Zero;
        V a13 = O.Value > 1 && K.Value > 3 ? S.Load(sums + sumStride + 48) : S.Zero;
        V a14 = O.Value > 1 && K.Value > 3 ? S.Load(sums + sumStride + 64) : S.Zero;
        V a20 = O.Value > 2 ? S.Load(sums + 2 * sumStride) : S.Zero;
        V a21 = O.Value > 2 && K.Value > 1 ? S.Load(sums + 2 * sumStride + 16) : S.Zero;
        V a22 = O.Value > 2 && K.Value > 1 ? S.Load(sums + 2 * sumStride + 32) : S.Zero;
        V a23 = O.Value > 2 && K.Value > 3 ? S.Load(sums + 2 * sumStride + 48) : S.Zero;
        V a24 = O.Value > 2 && K.Value > 3 ? S.Load(sums + 2 * sumStride + 64) : S.Zero;
        V a30 = O.Value > 3 ? S.Load(sums + 3 * sumStride) : S.Zero;
        V a31 = O.Value > 3 && K.Value > 1 ? S.Load(sums + 3 * sumStride + 16) : S.Zero;
        V a32 = O.Value > 3 && K.Value > 1 ? S.Load(sums + 3 * sumStride + 32) : S.Zero;
        V a33 = O.Value > 3 && K.Value > 3 ? S.Load(sums + 3 * sumStride + 48) : S.Zero;
        V a34 = O.Value > 3 && K.Value > 3 ? S.Load(sums + 3 * sumStride + 64) : S.Zero;
        for (int y = rows; y > 0; y--)
        {
            float* p = input;
            float* q = d;
            for (int x = columns; x > 0; x--)
            {
                V d0 = S.Load(q), d1 = d0, d2 = d0, d3 = d0;
                if (O.Value > 1) d1 = S.Load(q + dOutput);
                if (O.Value > 2) d2 = S.Load(q + 2 * dOutput);
                if (O.Value > 3) d3 = S.Load(q + dOutput3);
                V v = S.Load(p);
                a00 = S.Fma(v, d0, a00);
                if (O.Value > 1) a10 = S.Fma(v, d1, a10);
                if (O.Value > 2) a20 = S.Fma(v, d2, a20);
                if (O.Value > 3) a30 = S.Fma(v, d3, a30);
                if (K.Value > 1)
                {
                    v = S.Load(p + 16);
                    a01 = S.Fma(v, d0, a01);
                    if (O.Value > 1) a11 = S.Fma(v, d1, a11);
                    if (O.Value > 2) a21 = S.Fma(v, d2, a21);
                    if (O.Value > 3) a31 = S.Fma(v, d3, a31);
                    v = S.Load(p + 32);
                    a02 = S.Fma(v, d0, a02);
                    if (O.Value > 1) a12 = S.Fma(v, d1, a12);
                    if (O.Value > 2) a22 = S.Fma(v, d2, a22);
                    if (O.Value > 3) a32 = S.Fma(v, d3, a32);
                }
                if (K.Value > 3)
                {
                    v = S.Load(p + 48);
                    a03 = S.Fma(v, d0, a03);
                    if (O.Value > 1) a13 = S.Fma(v, d1, a13);
                    if (O.Value > 2) a23 = S.Fma(v, d2, a23);
                    if (O.Value > 3) a33 = S.Fma(v, d3, a33);
                    v = S.Load(p + 64);
                    a04 = S.Fma(v, d0, a04);
                    if (O.Value > 1) a14 = S.Fma(v, d1, a14);
                    if (O.Value > 2) a24 = S.Fma(v, d2, a24);
                    if (O.Value > 3) a34 = S.Fma(v, d3, a34);
                }
                p += stride;
                q += Lanes.Count;
            }
            input += inputRow;
            d += dRow;
        }
        S.Store(sums, a00);
        if (K.Value > 1) S.Store(sums + 16, a01);
        if (K.Value > 1) S.Store(sums + 32, a02);
        if (K.Value > 3) S.Store(sums + 48, a03);
        if (K.Value > 3) S.Store(sums + 64, a04);
        if (O.Value > 1) S.Store(sums + sumStride, a10);
        if (O.Value > 1 && K.Value > 1) S.Store(sums + sumStride + 16, a11);
        if (O.Value > 1 && K.Value > 1) S.Store(sums + sumStride + 32, a12);
        if (O.Value > 1 && K.Value > 3) S.Store(sums + sumStride + 48, a13);
        if (O.Value > 1 && K.Value > 3) S.Store(sums + sumStride + 64, a14);
        if (O.Value > 2) S.Store(sums + 2 * sumStride, a20);
        if (O.Value > 2 && K.Value > 1) S.Store(sums + 2 * sumStride + 16, a21);
        if (O.Value > 2 && K.Value > 1) S.Store(sums + 2 * sumStride + 32, a22);
        if (O.Value > 2 && K.Value > 3) S.Store(sums + 2 * sumStride + 48, a23);
        if (O.Value > 2 && K.Value > 3) S.Store(sums + 2 * sumStride + 64, a24);
        if (O.Value > 3) S.Store(sums + 3 * sumStride, a30);
        if (O.Value > 3 && K.Value > 1) S.Store(sums + 3 * sumStride + 16, a31);
        if (O.Value > 3 && K.Value > 1) S.Store(sums + 3 * sumStride + 32, a32);
        if (O.Value > 3 && K.Value > 3) S.Store(sums + 3 * sumStride + 48, a33);
        if (O.Value > 3 && K.Value > 3) S.Store(sums + 3 * sumStride + 64, a34);
    }
}
