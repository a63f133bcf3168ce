using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="ISimd{V}"/> in .NET's portable vectors, for processors without AVX2 and FMA, arm64 among them: the same operations
/// with the same roundings, so the same bits.
/// </summary>
public unsafe struct PortableLanes : ISimd<Vector256<float>>
{
    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    public static int BlockColumns => 2;

    /// <inheritdoc/>
    public static Vector256<float> Zero => Vector256<float>.Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* address) => Vector256.Load(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* address, Vector256<float> value) => value.Store(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float* address) => Vector256.Create(*address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadBytes(byte* address) => Vector256.Create(
        (float)address[0], address[1], address[2], address[3], address[4], address[5], address[6], address[7]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Create(float value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SquareRoot(Vector256<float> a) => Vector256.Sqrt(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FmaNegated(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.FusedMultiplyAdd(-a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => SelectGreater(a, b, a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => SelectGreater(b, a, a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> And(Vector256<float> a, Vector256<float> b) => a & b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AndNot(Vector256<float> a, Vector256<float> b) => ~a & b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Or(Vector256<float> a, Vector256<float> b) => a | b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SelectGreater(Vector256<float> a, Vector256<float> b, Vector256<float> x,
        Vector256<float> y) => Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SelectEqual(Vector256<float> a, Vector256<float> b, Vector256<float> x,
        Vector256<float> y) => Vector256.ConditionalSelect(Vector256.Equals(a, b), x, y);

    /// <inheritdoc/>
    public static Vector256<float> Even(Vector256<float> a, Vector256<float> b) =>
        Vector256.Create(a[0], a[2], a[4], a[6], b[0], b[2], b[4], b[6]);

    /// <inheritdoc/>
    public static Vector256<float> Odd(Vector256<float> a, Vector256<float> b) =>
        Vector256.Create(a[1], a[3], a[5], a[7], b[1], b[3], b[5], b[7]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Round(Vector256<float> a) => Vector256.Round(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> PowerOfTwo(Vector256<float> n) =>
        Vector256.ShiftLeft(Vector256.ConvertToInt32(n) + Vector256.Create(127), 23).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scale(Vector256<float> value, Vector256<float> n)
    {
        // 2^n may lie outside the normal numbers; the first of two factors is exact.
        Vector256<float> half = Round(n * 0.5f);
        return value * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Split(Vector256<float> x, out Vector256<float> significand)
    {
        const float smallestNormal = 1.17549435e-38f, twoTo23 = 8388608f;
        Vector256<float> subnormal = Vector256.LessThan(x, Vector256.Create(smallestNormal));
        Vector256<int> bits = Vector256.ConditionalSelect(subnormal, x * twoTo23, x).AsInt32();
        Vector256<int> n = Vector256.ShiftRightArithmetic(bits - Vector256.Create(0x3F400000), 23);
        significand = (bits - Vector256.ShiftLeft(n, 23)).AsSingle();
        return Vector256.ConvertToSingle(n) - (subnormal & Vector256.Create(23f));
    }

    /// <inheritdoc/>
    public static float SumLanes(float* sixteen)
    {
        Span<float> sums = stackalloc float[8];
        for (int i = 0; i < 8; i++) sums[i] = sixteen[i] + sixteen[i + 8];
        for (int apart = 4; apart > 0; apart /= 2)
        {
            for (int i = 0; i < apart; i++) sums[i] += sums[i + apart];
        }
        return sums[0];
    }

    /// <inheritdoc/>
    public static void SumLanes16(float* groups, float* sums)
    {
        for (int i = 0; i < 16; i++) sums[i] = SumLanes(groups + 16 * i);
    }

    /// <inheritdoc/>
    public static void Transpose16(float* from, nint fromStride, float* to, nint toStride)
    {
        for (int i = 0; i < 16; i++)
        {
            for (int j = 0; j < 16; j++) to[j * toStride + i] = from[i * fromStride + j];
        }
    }
}
