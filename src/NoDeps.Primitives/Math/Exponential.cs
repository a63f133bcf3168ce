using System;

namespace NoDeps.Primitives;

/// <summary>The exponential in float64.</summary>
public static class Exponential
{
    private const double Log2E = 1.4426950408889634074;
    // ln 2 in two parts. The first has 21 trailing zero bits, so k · Ln2High is exact for every exponent k.
    private const double Ln2High = 0.69314718036912381649;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double MaxArgument = 709.782712893384;
    private const double MinArgument = -745.2;

    /// <summary>
    /// e^x, with an error below 1 ulp for normal results: x = k·ln 2 + r with |r| ≤ ln 2 / 2, then the Taylor
    /// polynomial of degree 13 at r. +∞ above the range, 0 below it; NaN gives NaN.
    /// </summary>
    public static double Of(double x)
    {
        if (!(x < MaxArgument)) return x >= MaxArgument ? double.PositiveInfinity : x;
        if (x < MinArgument) return 0;
        double k = Math.Floor(x * Log2E + 0.5);
        double r = Math.FusedMultiplyAdd(-k, Ln2Low, Math.FusedMultiplyAdd(-k, Ln2High, x));
        double p = 1.0 / 6227020800;
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 479001600);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 39916800);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 3628800);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 362880);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 40320);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 5040);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 720);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 120);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 24);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 6);
        p = Math.FusedMultiplyAdd(p, r, 0.5);
        p = 1 + Math.FusedMultiplyAdd(p * r, r, r);
        // Multiply by two powers of two, since 2^k may be subnormal, or 2^1024.
        int half = (int)k / 2;
        return p * PowerOfTwo(half) * PowerOfTwo((int)k - half);
    }

    private static double PowerOfTwo(int k) => BitConverter.UInt64BitsToDouble((ulong)(k + 1023) << 52);
}
