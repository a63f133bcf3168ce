using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// ln x in every lane of a vector. Uses only IEEE 754 operations and fused multiply-adds and no table, so every
/// instruction set gives the same bits, both bare and hosted.
/// </summary>
public static unsafe class LogarithmLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    // ln 2 in two parts. The first has 9 trailing zero bits, so n · Ln2High is exact for |n| < 512.
    private const float Ln2High = 0.693145752f;
    private const float Ln2Low = 1.42860677e-6f;

    /// <summary>
    /// ln x: x = 2^n·(1 + f) with 1 + f in [¾, 1½), then ln (1 + f) = f + f²·p(f), where p is the minimax polynomial
    /// (Remez) of degree 8 for the error relative to ln (1 + f), which is 2^−27.6. The rounding error of n·ln 2 + f is
    /// added at the end. −∞ for 0, NaN for negative x; +∞ and NaN are returned as they are; ln 1 is exactly 0. Largest
    /// error measured over all floats: 0.97 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        V n = S.Split(x, out V significand);
        V f = S.Subtract(significand, S.Create(1f));
        V p = S.Create(-0.0450746143919738f);
        p = S.Fma(p, f, S.Create(0.10463046735390365f));
        p = S.Fma(p, f, S.Create(-0.13161237058917624f));
        p = S.Fma(p, f, S.Create(0.14478406400573385f));
        p = S.Fma(p, f, S.Create(-0.16647308482745798f));
        p = S.Fma(p, f, S.Create(0.19990859850151238f));
        p = S.Fma(p, f, S.Create(-0.2500009591371245f));
        p = S.Fma(p, f, S.Create(0.33333449148361244f));
        p = S.Fma(p, f, S.Create(-0.5f));
        V high = S.Multiply(n, S.Create(Ln2High)), sum = S.Add(high, f);
        V rest = S.Fma(n, S.Create(Ln2Low), S.Subtract(f, S.Subtract(sum, high)));
        V result = S.Add(sum, S.Fma(S.Multiply(f, f), p, rest));
        V infinity = S.Create(float.PositiveInfinity), nan = S.Create(float.NaN);
        result = S.SelectGreater(infinity, x, result, x);
        return S.SelectGreater(x, S.Zero, result, S.SelectEqual(x, S.Zero, S.Create(float.NegativeInfinity), nan));
    }
}
