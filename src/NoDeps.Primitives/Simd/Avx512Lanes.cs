using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary><see cref="ISimd{V}"/> over 512-bit vectors: AVX-512 F and DQ.</summary>
public unsafe struct Avx512Lanes : ISimd<Vector512<float>>
{
    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 16; }

    /// <inheritdoc/>
    public static int BlockColumns { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 4; }

    /// <inheritdoc/>
    public static Vector512<float> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.Zero;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* address) => Avx512F.LoadVector512(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* address, Vector512<float> value) => Avx512F.Store(address, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float* address) => Vector512.Create(*address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadBytes(byte* address) =>
        Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Sse2.LoadVector128(address)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Create(float value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => Avx512F.Add(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => Avx512F.Subtract(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => Avx512F.Multiply(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => Avx512F.Divide(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SquareRoot(Vector512<float> a) => Avx512F.Sqrt(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Avx512F.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FmaNegated(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Avx512F.FusedMultiplyAddNegated(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Avx512F.Max(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Avx512F.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> And(Vector512<float> a, Vector512<float> b) => Avx512DQ.And(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AndNot(Vector512<float> a, Vector512<float> b) => Avx512DQ.AndNot(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Or(Vector512<float> a, Vector512<float> b) => Avx512DQ.Or(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SelectGreater(Vector512<float> a, Vector512<float> b, Vector512<float> x,
        Vector512<float> y) => Avx512F.BlendVariable(y, x, Avx512F.CompareGreaterThan(a, b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SelectEqual(Vector512<float> a, Vector512<float> b, Vector512<float> x,
        Vector512<float> y) => Avx512F.BlendVariable(y, x, Avx512F.CompareEqual(a, b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Even(Vector512<float> a, Vector512<float> b) => InOrder(Avx512F.Shuffle(a, b, 0x88));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Odd(Vector512<float> a, Vector512<float> b) => InOrder(Avx512F.Shuffle(a, b, 0xDD));

    /// <summary>Reorders pairs a b a b a b a b to a a a a b b b b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> InOrder(Vector512<float> v)
    {
        v = Unsafe.BitCast<Vector512<double>, Vector512<float>>(
            Avx512F.Permute4x64(Unsafe.BitCast<Vector512<float>, Vector512<double>>(v), 0xD8));
        return Avx512F.Shuffle4x128(v, v, 0xD8);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Round(Vector512<float> a) => Avx512F.RoundScale(a, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> PowerOfTwo(Vector512<float> n)
    {
        Vector512<int> biased = Avx512F.Add(Avx512F.ConvertToVector512Int32(n), Vector512.Create(127));
        return Unsafe.BitCast<Vector512<int>, Vector512<float>>(Avx512F.ShiftLeftLogical(biased, 23));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(Vector512<float> value, Vector512<float> n) => Avx512F.Scale(value, n);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Split(Vector512<float> x, out Vector512<float> significand)
    {
        // Control 3 requests significands in [¾, 1½); GETEXP itself assumes [1, 2), so subtract what it finds in the
        // significand.
        significand = Avx512F.GetMantissa(x, 3);
        return Subtract(Avx512F.GetExponent(x), Avx512F.GetExponent(significand));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(float* sixteen) => Avx2Lanes.SumLanes(sixteen);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void SumLanes16(float* groups, float* sums)
    {
        // Each step adds two halves of the lanes and packs two groups into one vector. The lanes come out in an order
        // that the last shuffle undoes.
        Vector512<float> s0 = Halve8(groups, 0), s1 = Halve8(groups, 1), s2 = Halve8(groups, 2), s3 = Halve8(groups, 3);
        Vector512<float> s4 = Halve8(groups, 4), s5 = Halve8(groups, 5), s6 = Halve8(groups, 6), s7 = Halve8(groups, 7);
        // s_i holds group i in the lower 8 lanes and group i + 8 in the upper 8.
        Vector512<float> q0 = Halve4(s0, s4), q1 = Halve4(s1, s5), q2 = Halve4(s2, s6), q3 = Halve4(s3, s7);
        // q_i holds groups i, i + 4, i + 8 and i + 12, four lanes each.
        Vector512<float> p0 = Halve2(q0, q2), p1 = Halve2(q1, q3);
        // Each 128-bit lane of p_i holds two of the four groups that q_0 to q_3 have there: i and i + 2.
        Avx512F.Store(sums, Avx512F.Add(Avx512F.Shuffle(Avx512F.UnpackLow(p0, p1), Avx512F.UnpackHigh(p0, p1), 0x44),
            Avx512F.Shuffle(Avx512F.UnpackLow(p0, p1), Avx512F.UnpackHigh(p0, p1), 0xEE)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halve8(float* groups, int i)
    {
        Vector512<float> a = Avx512F.LoadVector512(groups + 16 * i), b = Avx512F.LoadVector512(groups + 16 * (i + 8));
        return Avx512F.Add(Avx512F.Shuffle4x128(a, b, 0x44), Avx512F.Shuffle4x128(a, b, 0xEE));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halve4(Vector512<float> a, Vector512<float> b)
    {
        // a = [a0 a1 | a2 a3] in 128-bit lanes; the result is [a0+a1, b0+b1, a2+a3, b2+b3].
        Vector512<float> even = Avx512F.Shuffle4x128(a, b, 0x88);  // a0 a2 b0 b2
        Vector512<float> odd = Avx512F.Shuffle4x128(a, b, 0xDD);   // a1 a3 b1 b3
        Vector512<float> sum = Avx512F.Add(even, odd);             // a  a' b  b'
        return Avx512F.Shuffle4x128(sum, sum, 0xD8);               // a  b  a' b'
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halve2(Vector512<float> a, Vector512<float> b) =>
        Avx512F.Add(Avx512F.Shuffle(a, b, 0x44), Avx512F.Shuffle(a, b, 0xEE));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Transpose16(float* from, nint fromStride, float* to, nint toStride)
    {
        // Rows i, i + 4, i + 8 and i + 12 share a vector, so 4 × 4 transposes within the 128-bit lanes complete the
        // transposition.
        for (int part = 0; part < 4; part++)
        {
            float* source = from + 4 * part;
            Vector512<float> r0 = Gather4(source, fromStride), r1 = Gather4(source + fromStride, fromStride);
            Vector512<float> r2 = Gather4(source + 2 * fromStride, fromStride);
            Vector512<float> r3 = Gather4(source + 3 * fromStride, fromStride);
            Vector512<float> t0 = Avx512F.UnpackLow(r0, r1), t1 = Avx512F.UnpackHigh(r0, r1);
            Vector512<float> t2 = Avx512F.UnpackLow(r2, r3), t3 = Avx512F.UnpackHigh(r2, r3);
            float* target = to + 4 * part * toStride;
            Avx512F.Store(target, Avx512F.Shuffle(t0, t2, 0x44));
            Avx512F.Store(target + toStride, Avx512F.Shuffle(t0, t2, 0xEE));
            Avx512F.Store(target + 2 * toStride, Avx512F.Shuffle(t1, t3, 0x44));
            Avx512F.Store(target + 3 * toStride, Avx512F.Shuffle(t1, t3, 0xEE));
        }
    }

    /// <summary>Four floats from each of rows 0, 4, 8 and 12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Gather4(float* source, nint stride)
    {
        Vector512<float> v = Vector512<float>.Zero;
        v = Avx512F.InsertVector128(v, Sse.LoadVector128(source), 0);
        v = Avx512F.InsertVector128(v, Sse.LoadVector128(source + 4 * stride), 1);
        v = Avx512F.InsertVector128(v, Sse.LoadVector128(source + 8 * stride), 2);
        return Avx512F.InsertVector128(v, Sse.LoadVector128(source + 12 * stride), 3);
    }
}
