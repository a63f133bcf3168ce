using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Formats;

/// <summary><see cref="JpegTransform"/> with AVX2: each lane is a column of the block, then a row.</summary>
internal static unsafe class JpegTransformAvx2
{
    private const int BetweenShift = JpegTransform.FactorBits - JpegTransform.BetweenBits;
    private const int LastShift = JpegTransform.FactorBits + JpegTransform.BetweenBits + 3;

    /// <summary>Eight rows of a block, or columns.</summary>
    private ref struct Rows
    {
        public Vector256<int> R0, R1, R2, R3, R4, R5, R6, R7;
    }

    /// <inheritdoc cref="JpegTransform.Inverse"/>
    public static void Inverse(short* block, int* quantization, byte* to, nint stride)
    {
        Rows rows = default;
        rows.R0 = Load(block, quantization, 0);
        rows.R1 = Load(block, quantization, 8);
        rows.R2 = Load(block, quantization, 16);
        rows.R3 = Load(block, quantization, 24);
        rows.R4 = Load(block, quantization, 32);
        rows.R5 = Load(block, quantization, 40);
        rows.R6 = Load(block, quantization, 48);
        rows.R7 = Load(block, quantization, 56);
        Lines(ref rows, Vector256.Create(1 << (BetweenShift - 1)));
        ShiftBetween(ref rows);
        Transpose(ref rows);
        Lines(ref rows, Vector256.Create(1 << (LastShift - 1)));
        ShiftLast(ref rows);
        Transpose(ref rows);
        Store(rows.R0, rows.R1, rows.R2, rows.R3, to, stride);
        Store(rows.R4, rows.R5, rows.R6, rows.R7, to + 4 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(short* block, int* quantization, int at) =>
        Avx2.MultiplyLow(Avx2.ConvertToVector256Int32(block + at), Avx.LoadVector256(quantization + at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Times(Vector256<int> value, int factor) => Avx2.MultiplyLow(value, Vector256.Create(factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lines(ref Rows x, Vector256<int> round)
    {
        Vector256<int> common = Times(Avx2.Add(x.R2, x.R6), JpegTransform.F0541);
        Vector256<int> e2 = Avx2.Subtract(common, Times(x.R6, JpegTransform.F1847));
        Vector256<int> e3 = Avx2.Add(common, Times(x.R2, JpegTransform.F0765));
        Vector256<int> e0 = Avx2.Add(round, Avx2.ShiftLeftLogical(Avx2.Add(x.R0, x.R4), JpegTransform.FactorBits));
        Vector256<int> e1 = Avx2.Add(round, Avx2.ShiftLeftLogical(Avx2.Subtract(x.R0, x.R4), JpegTransform.FactorBits));

        Vector256<int> s17 = Avx2.Add(x.R1, x.R7), s35 = Avx2.Add(x.R3, x.R5);
        Vector256<int> s37 = Avx2.Add(x.R3, x.R7), s15 = Avx2.Add(x.R1, x.R5);
        Vector256<int> all = Times(Avx2.Add(s37, s15), JpegTransform.F1175);
        s37 = Avx2.Subtract(all, Times(s37, JpegTransform.F1961));
        s15 = Avx2.Subtract(all, Times(s15, JpegTransform.F0390));
        s17 = Times(s17, -JpegTransform.F0899);
        s35 = Times(s35, -JpegTransform.F2562);
        Vector256<int> odd0 = Avx2.Add(Times(x.R1, JpegTransform.F1501), Avx2.Add(s17, s15));
        Vector256<int> odd1 = Avx2.Add(Times(x.R3, JpegTransform.F3072), Avx2.Add(s35, s37));
        Vector256<int> odd2 = Avx2.Add(Times(x.R5, JpegTransform.F2053), Avx2.Add(s35, s15));
        Vector256<int> odd3 = Avx2.Add(Times(x.R7, JpegTransform.F0298), Avx2.Add(s17, s37));

        Pair(Avx2.Add(e0, e3), odd0, out x.R0, out x.R7);
        Pair(Avx2.Add(e1, e2), odd1, out x.R1, out x.R6);
        Pair(Avx2.Subtract(e1, e2), odd2, out x.R2, out x.R5);
        Pair(Avx2.Subtract(e0, e3), odd3, out x.R3, out x.R4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(Vector256<int> even, Vector256<int> odd, out Vector256<int> sum, out Vector256<int> difference)
    {
        sum = Avx2.Add(even, odd);
        difference = Avx2.Subtract(even, odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ShiftBetween(ref Rows x)
    {
        x.R0 = Avx2.ShiftRightArithmetic(x.R0, BetweenShift);
        x.R1 = Avx2.ShiftRightArithmetic(x.R1, BetweenShift);
        x.R2 = Avx2.ShiftRightArithmetic(x.R2, BetweenShift);
        x.R3 = Avx2.ShiftRightArithmetic(x.R3, BetweenShift);
        x.R4 = Avx2.ShiftRightArithmetic(x.R4, BetweenShift);
        x.R5 = Avx2.ShiftRightArithmetic(x.R5, BetweenShift);
        x.R6 = Avx2.ShiftRightArithmetic(x.R6, BetweenShift);
        x.R7 = Avx2.ShiftRightArithmetic(x.R7, BetweenShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ShiftLast(ref Rows x)
    {
        x.R0 = Avx2.ShiftRightArithmetic(x.R0, LastShift);
        x.R1 = Avx2.ShiftRightArithmetic(x.R1, LastShift);
        x.R2 = Avx2.ShiftRightArithmetic(x.R2, LastShift);
        x.R3 = Avx2.ShiftRightArithmetic(x.R3, LastShift);
        x.R4 = Avx2.ShiftRightArithmetic(x.R4, LastShift);
        x.R5 = Avx2.ShiftRightArithmetic(x.R5, LastShift);
        x.R6 = Avx2.ShiftRightArithmetic(x.R6, LastShift);
        x.R7 = Avx2.ShiftRightArithmetic(x.R7, LastShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Rows x)
    {
        // Interleaves 32-bit, then 64-bit elements, then 128-bit halves.
        Vector256<long> a0 = Avx2.UnpackLow(x.R0, x.R1).AsInt64(), a1 = Avx2.UnpackHigh(x.R0, x.R1).AsInt64();
        Vector256<long> a2 = Avx2.UnpackLow(x.R2, x.R3).AsInt64(), a3 = Avx2.UnpackHigh(x.R2, x.R3).AsInt64();
        Vector256<long> a4 = Avx2.UnpackLow(x.R4, x.R5).AsInt64(), a5 = Avx2.UnpackHigh(x.R4, x.R5).AsInt64();
        Vector256<long> a6 = Avx2.UnpackLow(x.R6, x.R7).AsInt64(), a7 = Avx2.UnpackHigh(x.R6, x.R7).AsInt64();
        Halves(Avx2.UnpackLow(a0, a2), Avx2.UnpackLow(a4, a6), out x.R0, out x.R4);
        Halves(Avx2.UnpackHigh(a0, a2), Avx2.UnpackHigh(a4, a6), out x.R1, out x.R5);
        Halves(Avx2.UnpackLow(a1, a3), Avx2.UnpackLow(a5, a7), out x.R2, out x.R6);
        Halves(Avx2.UnpackHigh(a1, a3), Avx2.UnpackHigh(a5, a7), out x.R3, out x.R7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves(Vector256<long> a, Vector256<long> b, out Vector256<int> low, out Vector256<int> high)
    {
        low = Avx.Permute2x128(a.AsSingle(), b.AsSingle(), 0x20).AsInt32();
        high = Avx.Permute2x128(a.AsSingle(), b.AsSingle(), 0x31).AsInt32();
    }

    /// <summary>Stores four rows, clamped by the saturating packs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d, byte* to, nint stride)
    {
        Vector256<int> middle = Vector256.Create(128);
        Vector256<short> ab = Avx2.PackSignedSaturate(Avx2.Add(a, middle), Avx2.Add(b, middle));
        Vector256<short> cd = Avx2.PackSignedSaturate(Avx2.Add(c, middle), Avx2.Add(d, middle));
        // Four bytes of each row in the low half, the other four in the high half.
        Vector256<float> packed = Avx2.PackUnsignedSaturate(ab, cd).AsSingle();
        Vector128<int> low = Avx.ExtractVector128(packed, 0).AsInt32(), high = Avx.ExtractVector128(packed, 1).AsInt32();
        Vector128<ulong> first = Sse2.UnpackLow(low, high).AsUInt64(), second = Sse2.UnpackHigh(low, high).AsUInt64();
        *(ulong*)to = Sse2.X64.ConvertToUInt64(first);
        *(ulong*)(to + stride) = Sse41.X64.Extract(first, 1);
        *(ulong*)(to + 2 * stride) = Sse2.X64.ConvertToUInt64(second);
        *(ulong*)(to + 3 * stride) = Sse41.X64.Extract(second, 1);
    }
}
