using System;

namespace NoDeps.Primitives;

/// <summary>The natural logarithm in float64.</summary>
public static class Logarithm
{
    // ln 2 in two parts. The first has 21 trailing zero bits, so k · Ln2High is exact for every exponent k.
    private const double Ln2High = 0.69314718036912381649;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double TwoTo54 = 18014398509481984;

    /// <summary>
    /// ln x, with an error below 1 ulp if |ln x| &gt; 0.35 and below 2 ulp otherwise: x = 2^k·m with m in [√½, √2) and
    /// ln m = 2 artanh s with s = (m − 1) / (m + 1), from the series of artanh. −∞ for 0, NaN for negative x.
    /// </summary>
    public static double Natural(double x)
    {
        if (!(x > 0)) return x == 0 ? double.NegativeInfinity : double.NaN;
        if (x == double.PositiveInfinity) return x;
        int k = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= TwoTo54;
            k = -54;
        }
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        k += (int)(bits >> 52) - 1023;
        double m = BitConverter.UInt64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            k++;
        }
        double f = m - 1;
        double s = f / (m + 1), z = s * s;
        double p = 1.0 / 23;
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 21);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 19);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 17);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 15);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 13);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 11);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 9);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 7);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 5);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 3);
        // As 2s = f − s·f, ln m = 2s + 2s·z·p = f + s·(2·z·p − f): the leading term f is exact.
        double low = s * (2 * z * p - f);
        return k * Ln2High + (f + (low + k * Ln2Low));
    }
}
