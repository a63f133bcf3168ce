using System;

namespace NoDeps.Primitives;

/// <summary>
/// The scalar reference form of <see cref="Elementary"/>, one float at a time. It performs the same operations in the
/// same order as <see cref="ExponentialLanes{S,V}"/> and <see cref="LogarithmLanes{S,V}"/>, so it gives the same bits.
/// </summary>
public static unsafe class ElementaryScalar
{
    private const float Log2E = 1.44269504f;
    // ln 2 in two parts. The first has 9 trailing zero bits, so n · Ln2High is exact for |n| < 512.
    private const float Ln2High = 0.693145752f;
    private const float Ln2Low = 1.42860677e-6f;
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Computes f(x) for <paramref name="count"/> floats.</summary>
    public static void Run(ElementaryFunction function, float* x, float* to, nint count)
    {
        for (nint i = 0; i < count; i++)
        {
            switch (function)
            {
                case ElementaryFunction.Exp: to[i] = Exp(x[i]); break;
                case ElementaryFunction.Log: to[i] = Log(x[i]); break;
                case ElementaryFunction.Sigmoid: to[i] = Sigmoid(x[i]); break;
                default: to[i] = Tanh(x[i]); break;
            }
        }
    }

    /// <summary>
    /// e^x = 2^n·(1 + r + rest), with n, r and rest from <see cref="Reduce"/>. The rounding error of 1 + r is added at
    /// the end.
    /// </summary>
    public static float Exp(float x)
    {
        // Below −104 the result rounds to 0, above 89 it is infinite.
        if (x < -104f) x = -104f;
        if (x > 89f) x = 89f;
        float r = Reduce(x, out float n, out float rest);
        float sum = 1f + r, lost = r - (sum - 1f);
        // 2^n may be outside the normal range, so multiply by two powers of two. The first product is exact.
        float half = Round(n * 0.5f);
        return (sum + (lost + rest)) * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>ln x = n·ln 2 + f + f²·p(f), for x = 2^n·(1 + f) with 1 + f in [¾, 1½).</summary>
    public static float Log(float x)
    {
        if (!(x > 0)) return x == 0 ? float.NegativeInfinity : float.NaN;
        if (x == float.PositiveInfinity) return x;
        bool subnormal = x < SmallestNormal;
        int bits = BitConverter.SingleToInt32Bits(subnormal ? x * 8388608f : x);
        int exponent = (bits - 0x3F400000) >> 23;
        float n = subnormal ? exponent - 23 : exponent;
        float f = BitConverter.Int32BitsToSingle(bits - (exponent << 23)) - 1f;
        float p = -0.0450746143919738f;
        p = MathF.FusedMultiplyAdd(p, f, 0.10463046735390365f);
        p = MathF.FusedMultiplyAdd(p, f, -0.13161237058917624f);
        p = MathF.FusedMultiplyAdd(p, f, 0.14478406400573385f);
        p = MathF.FusedMultiplyAdd(p, f, -0.16647308482745798f);
        p = MathF.FusedMultiplyAdd(p, f, 0.19990859850151238f);
        p = MathF.FusedMultiplyAdd(p, f, -0.2500009591371245f);
        p = MathF.FusedMultiplyAdd(p, f, 0.33333449148361244f);
        p = MathF.FusedMultiplyAdd(p, f, -0.5f);
        float high = n * Ln2High, sum = high + f;
        float rest = MathF.FusedMultiplyAdd(n, Ln2Low, f - (sum - high));
        return sum + MathF.FusedMultiplyAdd(f * f, p, rest);
    }

    /// <summary>1 / (1 + t) for x ≥ 0 and t / (1 + t) for x &lt; 0, with t = e^−|x|.</summary>
    public static float Sigmoid(float x)
    {
        float t = Exp(-MathF.Abs(x));
        float quotient = Quotient(x < 0 ? t : 1f, 1f, t, out float rest);
        // 1 / (1 + t) is the quotient itself for x ≥ 0; for x < 0 it is 1 − t / (1 + t).
        return MathF.FusedMultiplyAdd(rest, x < 0 ? 1f - quotient : quotient, quotient);
    }

    /// <summary>−t / (t + 2) with t = e^(−2|x|) − 1, and with the sign of x.</summary>
    public static float Tanh(float x)
    {
        float magnitude = MathF.Abs(x);
        // Beyond 10 the result rounds to 1.
        float r = Reduce(-2f * (magnitude > 10f ? 10f : magnitude), out float n, out float rest);
        float power = PowerOfTwo(n);
        // t = (2^n − 1) + 2^n·r + 2^n·rest. Knuth's two-sum gives the first sum and its rounding error.
        float a = power - 1f, b = power * r;
        float sum = a + b, part = sum - a;
        float lost = (a - (sum - part)) + (b - part);
        float t = sum + MathF.FusedMultiplyAdd(power, rest, lost);
        float quotient = Quotient(0f - t, 2f, t, out float residual);
        // With quotient = −t / (2 + t), 1 / (2 + t) = (1 + quotient) / 2.
        float result = MathF.Abs(MathF.FusedMultiplyAdd(residual, MathF.FusedMultiplyAdd(quotient, 0.5f, 0.5f), quotient));
        return BitConverter.SingleToInt32Bits(x) < 0 ? -result : result;
    }

    /// <summary>
    /// Argument reduction to |r| ≤ ln 2 / 2: e^x = 2^n·(1 + r + rest). The rest is r²·p(r), the Taylor polynomial of
    /// the exponential without its first two terms, plus the effect of the rounding error of r.
    /// </summary>
    private static float Reduce(float x, out float n, out float rest)
    {
        n = Round(x * Log2E);
        float high = MathF.FusedMultiplyAdd(-n, Ln2High, x);
        float r = MathF.FusedMultiplyAdd(-n, Ln2Low, high);
        float lost = MathF.FusedMultiplyAdd(-n, Ln2Low, high - r);
        float p = 1f / 5040f;
        p = MathF.FusedMultiplyAdd(p, r, 1f / 720f);
        p = MathF.FusedMultiplyAdd(p, r, 1f / 120f);
        p = MathF.FusedMultiplyAdd(p, r, 1f / 24f);
        p = MathF.FusedMultiplyAdd(p, r, 1f / 6f);
        p = MathF.FusedMultiplyAdd(p, r, 0.5f);
        // The rounding error of r contributes e^r·(e^lost − 1) ≈ (1 + r)·lost.
        rest = MathF.FusedMultiplyAdd(r * r, p, MathF.FusedMultiplyAdd(lost, r, lost));
        return r;
    }

    /// <summary>
    /// a / (b + c) for |b| ≥ |c|. <paramref name="rest"/> is a − quotient·(b + c), which accounts for the rounding
    /// errors of both the sum and the quotient.
    /// </summary>
    private static float Quotient(float a, float b, float c, out float rest)
    {
        float sum = b + c, lost = c - (sum - b);
        float quotient = a / sum;
        rest = MathF.FusedMultiplyAdd(-quotient, lost, MathF.FusedMultiplyAdd(-quotient, sum, a));
        return quotient;
    }

    /// <summary>
    /// The nearest integer, ties to even, for |x| below 2^22: from 2^23 up, floats have no fraction bits.
    /// </summary>
    private static float Round(float x) => x + 12582912f - 12582912f;

    /// <summary>2^n for integral n in −126 … 127.</summary>
    private static float PowerOfTwo(float n) => BitConverter.Int32BitsToSingle(((int)n + 127) << 23);
}
