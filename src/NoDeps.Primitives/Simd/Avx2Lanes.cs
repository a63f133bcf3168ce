using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary><see cref="ISimd{V}"/> over 256-bit vectors: AVX2 and FMA.</summary>
public unsafe struct Avx2Lanes : ISimd<Vector256<float>>
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 8; }

    /// <inheritdoc/>
    public static int BlockColumns { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }

    /// <inheritdoc/>
    public static Vector256<float> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<float>.Zero;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* address) => Avx.LoadVector256(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* address, Vector256<float> value) => Avx.Store(address, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float* address) => Avx.BroadcastScalarToVector256(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadBytes(byte* address) =>
        Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Create(float value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => Avx.Add(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => Avx.Subtract(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => Avx.Multiply(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => Avx.Divide(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SquareRoot(Vector256<float> a) => Avx.Sqrt(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FmaNegated(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        System.Runtime.Intrinsics.X86.Fma.MultiplyAddNegated(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Avx.Max(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Avx.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> And(Vector256<float> a, Vector256<float> b) => Avx.And(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AndNot(Vector256<float> a, Vector256<float> b) => Avx.AndNot(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Or(Vector256<float> a, Vector256<float> b) => Avx.Or(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SelectGreater(Vector256<float> a, Vector256<float> b, Vector256<float> x,
        Vector256<float> y) => Avx.BlendVariable(y, x, Avx.CompareGreaterThan(a, b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SelectEqual(Vector256<float> a, Vector256<float> b, Vector256<float> x,
        Vector256<float> y) => Avx.BlendVariable(y, x, Avx.CompareEqual(a, b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Even(Vector256<float> a, Vector256<float> b) => InOrder(Avx.Shuffle(a, b, 0x88));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Odd(Vector256<float> a, Vector256<float> b) => InOrder(Avx.Shuffle(a, b, 0xDD));

    /// <summary>Reorders pairs a b a b to a a b b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InOrder(Vector256<float> v) =>
        Unsafe.BitCast<Vector256<double>, Vector256<float>>(
            Avx2.Permute4x64(Unsafe.BitCast<Vector256<float>, Vector256<double>>(v), 0xD8));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Round(Vector256<float> a) => Avx.RoundToNearestInteger(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> PowerOfTwo(Vector256<float> n)
    {
        Vector256<int> biased = Avx2.Add(Avx.ConvertToVector256Int32(n), Vector256.Create(127));
        return Unsafe.BitCast<Vector256<int>, Vector256<float>>(Avx2.ShiftLeftLogical(biased, 23));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scale(Vector256<float> value, Vector256<float> n)
    {
        // 2^n may be outside the normal range, so multiply by two powers of two. The first product is exact.
        Vector256<float> half = Round(Multiply(n, Create(0.5f)));
        return Multiply(Multiply(value, PowerOfTwo(half)), PowerOfTwo(Subtract(n, half)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Split(Vector256<float> x, out Vector256<float> significand)
    {
        const float smallestNormal = 1.17549435e-38f, twoTo23 = 8388608f;
        Vector256<float> subnormal = Avx.CompareLessThan(x, Create(smallestNormal));
        Vector256<int> bits = Unsafe.BitCast<Vector256<float>, Vector256<int>>(
            Avx.BlendVariable(x, Multiply(x, Create(twoTo23)), subnormal));
        Vector256<int> n = Avx2.ShiftRightArithmetic(Avx2.Subtract(bits, Vector256.Create(0x3F400000)), 23);
        significand = Unsafe.BitCast<Vector256<int>, Vector256<float>>(
            Avx2.Subtract(bits, Avx2.ShiftLeftLogical(n, 23)));
        return Subtract(Avx.ConvertToVector256Single(n), And(subnormal, Create(23f)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(float* sixteen)
    {
        Vector256<float> eight = Avx.Add(Avx.LoadVector256(sixteen), Avx.LoadVector256(sixteen + 8));
        Vector128<float> four = Sse.Add(Avx.ExtractVector128(eight, 0), Avx.ExtractVector128(eight, 1));
        Vector128<float> two = Sse.Add(four, Sse.MoveHighToLow(four, four));
        float sum;
        Sse.StoreScalar(&sum, Sse.AddScalar(two, Sse.Shuffle(two, two, 1)));
        return sum;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void SumLanes16(float* groups, float* sums)
    {
        for (int i = 0; i < 16; i++) sums[i] = SumLanes(groups + 16 * i);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Transpose16(float* from, nint fromStride, float* to, nint toStride)
    {
        // Rows i and i + 4 share a vector, so 4 × 4 transposes within the 128-bit lanes complete the transposition.
        for (int row = 0; row < 16; row += 8)
        {
            for (int column = 0; column < 16; column += 4)
            {
                float* source = from + row * fromStride + column;
                Vector256<float> r0 = Gather2(source, fromStride), r1 = Gather2(source + fromStride, fromStride);
                Vector256<float> r2 = Gather2(source + 2 * fromStride, fromStride);
                Vector256<float> r3 = Gather2(source + 3 * fromStride, fromStride);
                Vector256<float> t0 = Avx.UnpackLow(r0, r1), t1 = Avx.UnpackHigh(r0, r1);
                Vector256<float> t2 = Avx.UnpackLow(r2, r3), t3 = Avx.UnpackHigh(r2, r3);
                float* target = to + column * toStride + row;
                Avx.Store(target, Avx.Shuffle(t0, t2, 0x44));
                Avx.Store(target + toStride, Avx.Shuffle(t0, t2, 0xEE));
                Avx.Store(target + 2 * toStride, Avx.Shuffle(t1, t3, 0x44));
                Avx.Store(target + 3 * toStride, Avx.Shuffle(t1, t3, 0xEE));
            }
        }
    }

    /// <summary>Four floats of row 0 and four of row 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Gather2(float* source, nint stride)
    {
        Vector256<float> v = Vector256<float>.Zero;
        v = Avx.InsertVector128(v, Sse.LoadVector128(source), 0);
        return Avx.InsertVector128(v, Sse.LoadVector128(source + 4 * stride), 1);
    }
}
