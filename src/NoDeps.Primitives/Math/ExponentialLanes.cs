using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// e^x and what is made of it, for every lane of a vector. Only IEEE-754 operations and fused multiply-adds, so that
/// every instruction set and both worlds give the same bits; no table.
/// </summary>
public static unsafe class ExponentialLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const float Log2E = 1.44269504f;
    // ln 2 in two parts: the first has 9 trailing zero bits, so that n · Ln2High is exact for |n| < 512.
    private const float Ln2High = 0.693145752f;
    private const float Ln2Low = 1.42860677e-6f;
    // Below the first e^x rounds to 0, above the second it is infinite.
    private const float Lowest = -104f;
    private const float Highest = 89f;

    /// <summary>
    /// e^x: x = n·ln 2 + r with |r| ≤ ln 2 / 2, then e^r by its Taylor polynomial of degree 7 (remainder below 0.1 ulp).
    /// 0 and +∞ beyond the range of float, subnormal results included; NaN stays; e^0 is exactly 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        x = S.Min(S.Create(Highest), S.Max(S.Create(Lowest), x));
        V tail = Reduce(x, out V n);
        return Scale(S.Add(S.Create(1f), tail), n);
    }

    /// <summary>1 / (1 + e^−x) (Richard, equation 3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x) =>
        S.Divide(S.Create(1f), S.Add(S.Create(1f), Exp(S.Subtract(S.Zero, x))));

    /// <summary>
    /// tanh |x| = −t / (t + 2) with t = e^(−2|x|) − 1, computed without cancellation; the sign is that of x.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        V sign = S.And(S.Create(-0f), x);
        V magnitude = S.AndNot(S.Create(-0f), x);
        // Beyond 10 the result rounds to 1.
        V y = S.Multiply(S.Create(-2f), S.Min(S.Create(10f), magnitude));
        V tail = Reduce(y, out V n);
        V power = S.PowerOfTwo(n);
        V t = S.Fma(power, tail, S.Subtract(power, S.Create(1f)));
        V result = S.Divide(S.Subtract(S.Zero, t), S.Add(t, S.Create(2f)));
        return S.Or(sign, S.AndNot(S.Create(-0f), result));
    }

    /// <summary>e^r − 1 of the reduced argument r = x − n·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce(V x, out V n)
    {
        n = S.Round(S.Multiply(x, S.Create(Log2E)));
        V r = S.FmaNegated(n, S.Create(Ln2High), x);
        r = S.FmaNegated(n, S.Create(Ln2Low), r);
        V p = S.Create(1f / 5040f);
        p = S.Fma(p, r, S.Create(1f / 720f));
        p = S.Fma(p, r, S.Create(1f / 120f));
        p = S.Fma(p, r, S.Create(1f / 24f));
        p = S.Fma(p, r, S.Create(1f / 6f));
        p = S.Fma(p, r, S.Create(0.5f));
        return S.Fma(S.Multiply(r, r), p, r);
    }

    /// <summary>value · 2^n in two steps, since n may lie outside the exponents of normal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scale(V value, V n)
    {
        V half = S.Round(S.Multiply(n, S.Create(0.5f)));
        return S.Multiply(S.Multiply(value, S.PowerOfTwo(half)), S.PowerOfTwo(S.Subtract(n, half)));
    }
}
