using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// e^x and the functions based on it, in every lane of a vector. Uses only IEEE 754 operations and fused multiply-adds
/// and no table, so every instruction set gives the same bits, both bare and hosted.
/// </summary>
public static unsafe class ExponentialLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const float Log2E = 1.44269504f;
    // ln 2 in two parts. The first has 9 trailing zero bits, so n · Ln2High is exact for |n| < 512.
    private const float Ln2High = 0.693145752f;
    private const float Ln2Low = 1.42860677e-6f;
    // Below the first, e^x rounds to 0; above the second, it is infinite.
    private const float MinArgument = -104f;
    private const float MaxArgument = 89f;

    /// <summary>
    /// e^x: x = n·ln 2 + r with |r| ≤ ln 2 / 2, then the Taylor polynomial of degree 7 at r. The rounding errors of r
    /// and of 1 + r are added at the end. Beyond the range of float, subnormals included, the result is 0 or +∞; NaN
    /// gives NaN; e^0 is exactly 1. Largest error measured over all floats: 0.69 ulp for normal results, 0.78 ulp for
    /// subnormal ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        x = S.Min(S.Create(MaxArgument), S.Max(S.Create(MinArgument), x));
        V r = Reduce(x, out V n, out V rest);
        V one = S.Create(1f), sum = S.Add(one, r);
        V lost = S.Subtract(r, S.Subtract(sum, one));
        return S.Scale(S.Add(sum, S.Add(lost, rest)), n);
    }

    /// <summary>
    /// 1 / (1 + e^−x) (Richard, equation 3). For negative x it is computed as t / (1 + t) with t = e^x, so that small
    /// results keep their precision. Largest error measured over all floats: 1.48 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        V t = Exp(S.Or(S.Create(-0f), x));
        V one = S.Create(1f), a = S.SelectGreater(S.Zero, x, t, one);
        V quotient = Quotient(a, one, t, out V rest);
        // 1 / (1 + t) is the quotient itself for x ≥ 0; for x < 0 it is 1 − t / (1 + t).
        V inverse = S.SelectGreater(S.Zero, x, S.Subtract(one, quotient), quotient);
        return S.Fma(rest, inverse, quotient);
    }

    /// <summary>
    /// tanh |x| = −t / (t + 2) with t = e^(−2|x|) − 1, computed without cancellation; the sign is that of x. Largest
    /// error measured over all floats: 1.74 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        V sign = S.And(S.Create(-0f), x);
        V magnitude = S.AndNot(S.Create(-0f), x);
        // Beyond 10 the result rounds to 1.
        V y = S.Multiply(S.Create(-2f), S.Min(S.Create(10f), magnitude));
        V r = Reduce(y, out V n, out V rest);
        V power = S.PowerOfTwo(n);
        // t = (2^n − 1) + 2^n·r + 2^n·rest. Knuth's two-sum gives the first sum and its rounding error.
        V a = S.Subtract(power, S.Create(1f)), b = S.Multiply(power, r);
        V sum = S.Add(a, b), part = S.Subtract(sum, a);
        V lost = S.Add(S.Subtract(a, S.Subtract(sum, part)), S.Subtract(b, part));
        V t = S.Add(sum, S.Fma(power, rest, lost));
        V quotient = Quotient(S.Subtract(S.Zero, t), S.Create(2f), t, out V residual);
        // With quotient = −t / (2 + t), 1 / (2 + t) = (1 + quotient) / 2.
        V half = S.Create(0.5f), result = S.Fma(residual, S.Fma(quotient, half, half), quotient);
        return S.Or(sign, S.AndNot(S.Create(-0f), result));
    }

    /// <summary>
    /// Argument reduction to |r| ≤ ln 2 / 2: e^x = 2^n·(1 + r + rest). The rest is r²·p(r), the Taylor polynomial of
    /// the exponential without its first two terms, plus the effect of the rounding error of r.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce(V x, out V n, out V rest)
    {
        n = S.Round(S.Multiply(x, S.Create(Log2E)));
        V high = S.FmaNegated(n, S.Create(Ln2High), x);
        V r = S.FmaNegated(n, S.Create(Ln2Low), high);
        V lost = S.FmaNegated(n, S.Create(Ln2Low), S.Subtract(high, r));
        V p = S.Create(1f / 5040f);
        p = S.Fma(p, r, S.Create(1f / 720f));
        p = S.Fma(p, r, S.Create(1f / 120f));
        p = S.Fma(p, r, S.Create(1f / 24f));
        p = S.Fma(p, r, S.Create(1f / 6f));
        p = S.Fma(p, r, S.Create(0.5f));
        // The rounding error of r contributes e^r·(e^lost − 1) ≈ (1 + r)·lost.
        rest = S.Fma(S.Multiply(r, r), p, S.Fma(lost, r, lost));
        return r;
    }

    /// <summary>
    /// a / (b + c) for |b| ≥ |c|. <paramref name="rest"/> is a − quotient·(b + c), which accounts for the rounding
    /// errors of both the sum and the quotient. Adding rest / (b + c) makes the quotient nearly as accurate as its
    /// arguments; the callers know 1 / (b + c), which saves a second division.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient(V a, V b, V c, out V rest)
    {
        V sum = S.Add(b, c), lost = S.Subtract(c, S.Subtract(sum, b));
        V quotient = S.Divide(a, sum);
        rest = S.FmaNegated(quotient, lost, S.FmaNegated(quotient, sum, a));
        return quotient;
    }
}
