using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The multiply-add kernel behind convolution and dense layers, on lanes. A block of up to 6 outputs by 4 columns (2
/// with 16 registers) stays in registers: each iteration loads each column's input once and each output's weight once
/// and does 24 multiply-adds with them. The terms of an output element are added in the order of the sum, each with one
/// rounding, whatever the block, so the result does not depend on blocking or instruction set.
/// </summary>
internal static unsafe class CorrelationLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>Maximum outputs of a block.</summary>
    public const int MaxOutputs = Panel.MaxRows;

    /// <summary>
    /// Outputs of the next block when <paramref name="left"/> outputs remain: 6, 4, 2 or 1. Blocks of 3 and 5 would add
    /// a third to the code and serve few networks; eight outputs are two blocks of 4.
    /// </summary>
    public static int NextBlock(int left)
    {
        if (left >= MaxOutputs && left != 8) return MaxOutputs;
        return left >= 4 ? 4 : left >= 2 ? 2 : 1;
    }

    /// <summary>
    /// Runs a correlation for any number of outputs; the bias of each output is <paramref name="biasStride"/> floats
    /// after the last.
    /// </summary>
    public static void Run(ref Correlation job, int outputs, int biasStride)
    {
        Correlation part = job;
        while (outputs > 0)
        {
            int block = NextBlock(outputs);
            RunBlock(ref part, block);
            part.Weights += block * part.WeightOutputStride;
            part.Bias += block * biasStride;
            part.Output += block * part.OutputOutputStride;
            outputs -= block;
        }
    }

    /// <summary>Runs a correlation of at most <see cref="MaxOutputs"/> outputs.</summary>
    public static void RunBlock(ref Correlation job, int outputs)
    {
        switch (outputs)
        {
            case 6: Columns<Six>(ref job); break;
            case 4: Columns<Four>(ref job); break;
            case 2: Columns<Two>(ref job); break;
            default: Columns<One>(ref job); break;
        }
    }

    private static void Columns<O>(ref Correlation job) where O : struct, ICount
    {
        int wide = job.Columns / S.BlockColumns, narrow = job.Columns - wide * S.BlockColumns;
        nint offset = (nint)wide * S.BlockColumns;
        for (int lane = 0; lane < Lanes.Count; lane += S.Count)
        {
            if (wide > 0) Block<O, Six>(ref job, job.Input + lane, job.Output + lane, wide);
            float* input = job.Input + lane + offset * job.InputColumnStride, output = job.Output + lane + offset * job.OutputColumnStride;
            int left = narrow;
            // Two columns at once are worth the extra code only if many outputs share them.
            if (S.BlockColumns > 2 && O.Value > 2 && left >= 2)
            {
                Block<O, Two>(ref job, input, output, 1);
                input += 2 * job.InputColumnStride;
                output += 2 * job.OutputColumnStride;
                left -= 2;
            }
            if (left > 0) Block<O, One>(ref job, input, output, left);
        }
    }

    /// <typeparam name="O">Outputs of the block.</typeparam>
    /// <typeparam name="X">One or two for that many columns; otherwise as many as the registers hold.</typeparam>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Block<O, X>(ref Correlation job, float* input, float* output, int blocks)
        where O : struct, ICount where X : struct, ICount
    {
        // All strides are in bytes, so that two and four times a stride can be encoded in addressing modes.
        nint column = job.InputColumnStride * 4, column3 = column * 3;
        nint next = job.WeightOutputStride * 4, next3 = next * 3, next5 = next * 5;
        nint inputTap = job.InputTapStride * 4, weightTap = job.WeightTapStride * 4;
        for (; blocks > 0; blocks--)
        {
            V a00 = S.Broadcast(job.Bias), a01 = a00, a02 = a00, a03 = a00;
            V a10 = O.Value > 1 ? S.Broadcast(job.Bias + 1) : S.Zero, a11 = a10, a12 = a10, a13 = a10;
            V a20 = O.Value > 2 ? S.Broadcast(job.Bias + 2) : S.Zero, a21 = a20, a22 = a20, a23 = a20;
            V a30 = O.Value > 3 ? S.Broadcast(job.Bias + 3) : S.Zero, a31 = a30, a32 = a30, a33 = a30;
            V a40 = O.Value > 4 ? S.Broadcast(job.Bias + 4) : S.Zero, a41 = a40, a42 = a40, a43 = a40;
            V a50 = O.Value > 5 ? S.Broadcast(job.Bias + 5) : S.Zero, a51 = a50, a52 = a50, a53 = a50;
            byte* inputChannel = (byte*)input;
            byte* weightChannel = (byte*)job.Weights;
            for (int c = job.Channels; c > 0; c--)
            {
                byte* inputRow = inputChannel;
                byte* weightRow = weightChannel;
                for (int r = job.Rows; r > 0; r--)
                {
                    byte* p = inputRow;
                    byte* q = weightRow;
                    for (int t = job.Taps; t > 0; t--)
                    {
                        V v0 = S.Load((float*)p);
                        V v1 = v0, v2 = v0, v3 = v0;
                        if (X.Value > 1) v1 = S.Load((float*)(p + column));
                        if (X.Value > 2 && S.BlockColumns > 2)
                        {
                            v2 = S.Load((float*)(p + 2 * column));
                            v3 = S.Load((float*)(p + column3));
                        }
                        V w = S.Broadcast((float*)q);
                        a00 = S.Fma(v0, w, a00);
                        if (X.Value > 1) a01 = S.Fma(v1, w, a01);
                        if (X.Value > 2 && S.BlockColumns > 2)
                        {
                            a02 = S.Fma(v2, w, a02);
                            a03 = S.Fma(v3, w, a03);
                        }
                        if (O.Value > 1)
                        {
                            w = S.Broadcast((float*)(q + next));
                            a10 = S.Fma(v0, w, a10);
                            if (X.Value > 1) a11 = S.Fma(v1, w, a11);
                            if (X.Value > 2 && S.BlockColumns > 2)
                            {
                                a12 = S.Fma(v2, w, a12);
                                a13 = S.Fma(v3, w, a13);
                            }
                        }
                        if (O.Value > 2)
                        {
                            w = S.Broadcast((float*)(q + 2 * next));
                            a20 = S.Fma(v0, w, a20);
                            if (X.Value > 1) a21 = S.Fma(v1, w, a21);
                            if (X.Value > 2 && S.BlockColumns > 2)
                            {
                                a22 = S.Fma(v2, w, a22);
                                a23 = S.Fma(v3, w, a23);
                            }
                        }
                        if (O.Value > 3)
                        {
                            w = S.Broadcast((float*)(q + next3));
                            a30 = S.Fma(v0, w, a30);
                            if (X.Value > 1) a31 = S.Fma(v1, w, a31);
                            if (X.Value > 2 && S.BlockColumns > 2)
                            {
                                a32 = S.Fma(v2, w, a32);
                                a33 = S.Fma(v3, w, a33);
                            }
                        }
                        if (O.Value > 4)
                        {
                            w = S.Broadcast((float*)(q + 4 * next));
                            a40 = S.Fma(v0, w, a40);
                            if (X.Value > 1) a41 = S.Fma(v1, w, a41);
                            if (X.Value > 2 && S.BlockColumns > 2)
                            {
                                a42 = S.Fma(v2, w, a42);
                                a43 = S.Fma(v3, w, a43);
                            }
                        }
                        if (O.Value > 5)
                        {
                            w = S.Broadcast((float*)(q + next5));
                            a50 = S.Fma(v0, w, a50);
                            if (X.Value > 1) a51 = S.Fma(v1, w, a51);
                            if (X.Value > 2 && S.BlockColumns > 2)
                            {
                                a52 = S.Fma(v2, w, a52);
                                a53 = S.Fma(v3, w, a53);
                            }
                        }
                        p += inputTap;
                        q += weightTap;
                    }
                    inputRow += job.InputRowStride * 4;
                    weightRow += job.WeightRowStride * 4;
                }
                inputChannel += job.InputChannelStride * 4;
                weightChannel += job.WeightChannelStride * 4;
            }
            V floor = S.Create(job.Floor);
            float* to = output;
            Finish<X>(to, job.OutputColumnStride, floor, a00, a01, a02, a03);
            if (O.Value > 1) Finish<X>(to += job.OutputOutputStride, job.OutputColumnStride, floor, a10, a11, a12, a13);
            if (O.Value > 2) Finish<X>(to += job.OutputOutputStride, job.OutputColumnStride, floor, a20, a21, a22, a23);
            if (O.Value > 3) Finish<X>(to += job.OutputOutputStride, job.OutputColumnStride, floor, a30, a31, a32, a33);
            if (O.Value > 4) Finish<X>(to += job.OutputOutputStride, job.OutputColumnStride, floor, a40, a41, a42, a43);
            if (O.Value > 5) Finish<X>(to += job.OutputOutputStride, job.OutputColumnStride, floor, a50, a51, a52, a53);
            nint step = X.Value > 2 ? S.BlockColumns : X.Value;
            input += step * job.InputColumnStride;
            output += step * job.OutputColumnStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<X>(float* to, nint step, V floor, V a0, V a1, V a2, V a3) where X : struct, ICount
    {
        S.Store(to, S.Max(floor, a0));
        if (X.Value > 1) S.Store(to + step, S.Max(floor, a1));
        if (X.Value > 2 && S.BlockColumns > 2)
        {
            S.Store(to + 2 * step, S.Max(floor, a2));
            S.Store(to + 3 * step, S.Max(floor, a3));
        }
    }
}
