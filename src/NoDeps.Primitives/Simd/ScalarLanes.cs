using System;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="ISimd{V}"/> in plain C#, 16 floats one after another. It defines every operation, and runs on processors
/// without AVX2. Gives the same bits as the vector forms, except for NaN payloads.
/// </summary>
public unsafe struct ScalarLanes : ISimd<ScalarVector>
{
    /// <inheritdoc/>
    public static int Count => Lanes.Count;

    /// <inheritdoc/>
    public static int BlockColumns => 4;

    /// <inheritdoc/>
    public static ScalarVector Zero => default;

    /// <inheritdoc/>
    public static ScalarVector Load(float* address)
    {
        ScalarVector r;
        for (int i = 0; i < Lanes.Count; i++) r.Items[i] = address[i];
        return r;
    }

    /// <inheritdoc/>
    public static void Store(float* address, ScalarVector value)
    {
        for (int i = 0; i < Lanes.Count; i++) address[i] = value.Items[i];
    }

    /// <inheritdoc/>
    public static ScalarVector Broadcast(float* address) => Create(*address);

    /// <inheritdoc/>
    public static ScalarVector LoadBytes(byte* address)
    {
        ScalarVector r;
        for (int i = 0; i < Lanes.Count; i++) r.Items[i] = address[i];
        return r;
    }

    /// <inheritdoc/>
    public static ScalarVector Create(float value)
    {
        ScalarVector r;
        for (int i = 0; i < Lanes.Count; i++) r.Items[i] = value;
        return r;
    }

    /// <inheritdoc/>
    public static ScalarVector Add(ScalarVector a, ScalarVector b)
    {
        for (int i = 0; i < Lanes.Count; i++) a.Items[i] += b.Items[i];
        return a;
    }

    /// <inheritdoc/>
    public static ScalarVector Subtract(ScalarVector a, ScalarVector b)
    {
        for (int i = 0; i < Lanes.Count; i++) a.Items[i] -= b.Items[i];
        return a;
    }

    /// <inheritdoc/>
    public static ScalarVector Multiply(ScalarVector a, ScalarVector b)
    {
        for (int i = 0; i < Lanes.Count; i++) a.Items[i] *= b.Items[i];
        return a;
    }

    /// <inheritdoc/>
    public static ScalarVector Divide(ScalarVector a, ScalarVector b)
    {
        for (int i = 0; i < Lanes.Count; i++) a.Items[i] /= b.Items[i];
        return a;
    }

    /// <inheritdoc/>
    public static ScalarVector SquareRoot(ScalarVector a)
    {
        for (int i = 0; i < Lanes.Count; i++) a.Items[i] = MathF.Sqrt(a.Items[i]);
        return a;
    }

    /// <inheritdoc/>
    public static ScalarVector Fma(ScalarVector a, ScalarVector b, ScalarVector c)
    {
        for (int i = 0; i < Lanes.Count; i++) c.Items[i] = MathF.FusedMultiplyAdd(a.Items[i], b.Items[i], c.Items[i]);
        return c;
    }

    /// <inheritdoc/>
    public static ScalarVector FmaNegated(ScalarVector a, ScalarVector b, ScalarVector c)
    {
        for (int i = 0; i < Lanes.Count; i++) c.Items[i] = MathF.FusedMultiplyAdd(-a.Items[i], b.Items[i], c.Items[i]);
        return c;
    }

    /// <inheritdoc/>
    public static ScalarVector Max(ScalarVector a, ScalarVector b) => SelectGreater(a, b, a, b);

    /// <inheritdoc/>
    public static ScalarVector Min(ScalarVector a, ScalarVector b) => SelectGreater(b, a, a, b);

    /// <inheritdoc/>
    public static ScalarVector And(ScalarVector a, ScalarVector b)
    {
        for (int i = 0; i < Lanes.Count; i++) ((int*)a.Items)[i] &= ((int*)b.Items)[i];
        return a;
    }

    /// <inheritdoc/>
    public static ScalarVector AndNot(ScalarVector a, ScalarVector b)
    {
        for (int i = 0; i < Lanes.Count; i++) ((int*)b.Items)[i] &= ~((int*)a.Items)[i];
        return b;
    }

    /// <inheritdoc/>
    public static ScalarVector Or(ScalarVector a, ScalarVector b)
    {
        for (int i = 0; i < Lanes.Count; i++) ((int*)a.Items)[i] |= ((int*)b.Items)[i];
        return a;
    }

    /// <inheritdoc/>
    public static ScalarVector SelectGreater(ScalarVector a, ScalarVector b, ScalarVector x, ScalarVector y)
    {
        for (int i = 0; i < Lanes.Count; i++)
            if (a.Items[i] > b.Items[i]) y.Items[i] = x.Items[i];
        return y;
    }

    /// <inheritdoc/>
    public static ScalarVector SelectEqual(ScalarVector a, ScalarVector b, ScalarVector x, ScalarVector y)
    {
        for (int i = 0; i < Lanes.Count; i++)
            if (a.Items[i] == b.Items[i]) y.Items[i] = x.Items[i];
        return y;
    }

    /// <inheritdoc/>
    public static ScalarVector Even(ScalarVector a, ScalarVector b) => EverySecond(a, b, 0);

    /// <inheritdoc/>
    public static ScalarVector Odd(ScalarVector a, ScalarVector b) => EverySecond(a, b, 1);

    private static ScalarVector EverySecond(ScalarVector a, ScalarVector b, int first)
    {
        ScalarVector r;
        for (int i = 0; i < Lanes.Count / 2; i++)
        {
            r.Items[i] = a.Items[2 * i + first];
            r.Items[i + Lanes.Count / 2] = b.Items[2 * i + first];
        }
        return r;
    }

    /// <inheritdoc/>
    public static ScalarVector Round(ScalarVector a)
    {
        // Adding 2^23 rounds away the fraction bits; larger numbers have none. A zero keeps its sign.
        const float twoTo23 = 8388608f;
        for (int i = 0; i < Lanes.Count; i++)
        {
            float magnitude = MathF.Abs(a.Items[i]);
            if (!(magnitude < twoTo23)) continue;
            float rounded = magnitude + twoTo23 - twoTo23;
            a.Items[i] = BitConverter.SingleToInt32Bits(a.Items[i]) < 0 ? -rounded : rounded;
        }
        return a;
    }

    /// <inheritdoc/>
    public static ScalarVector PowerOfTwo(ScalarVector n)
    {
        for (int i = 0; i < Lanes.Count; i++) ((int*)n.Items)[i] = ((int)n.Items[i] + 127) << 23;
        return n;
    }

    /// <inheritdoc/>
    public static ScalarVector Scale(ScalarVector value, ScalarVector n)
    {
        // 2^n may be outside the normal range, so multiply by two powers of two. The first product is exact.
        ScalarVector half = Round(Multiply(n, Create(0.5f)));
        return Multiply(Multiply(value, PowerOfTwo(half)), PowerOfTwo(Subtract(n, half)));
    }

    /// <inheritdoc/>
    public static ScalarVector Split(ScalarVector x, out ScalarVector significand)
    {
        const float smallestNormal = 1.17549435e-38f, twoTo23 = 8388608f;
        ScalarVector parts;
        for (int i = 0; i < Lanes.Count; i++)
        {
            bool subnormal = x.Items[i] < smallestNormal;
            int bits = BitConverter.SingleToInt32Bits(subnormal ? x.Items[i] * twoTo23 : x.Items[i]);
            int n = (bits - 0x3F400000) >> 23;
            parts.Items[i] = BitConverter.Int32BitsToSingle(bits - (n << 23));
            x.Items[i] = subnormal ? n - 23 : n;
        }
        significand = parts;
        return x;
    }

    /// <inheritdoc/>
    public static float SumLanes(float* sixteen)
    {
        ScalarVector tree = Load(sixteen);
        for (int apart = Lanes.Count / 2; apart > 0; apart >>= 1)
            for (int i = 0; i < apart; i++) tree.Items[i] += tree.Items[i + apart];
        return tree.Items[0];
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
            for (int j = 0; j < 16; j++) to[j * toStride + i] = from[i * fromStride + j];
    }
}
