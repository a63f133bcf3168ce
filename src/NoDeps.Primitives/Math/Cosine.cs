using System;

namespace NoDeps.Primitives;

/// <summary>The cosine in float64, for learning rate schedules and normal random numbers.</summary>
public static class Cosine
{
    private const double HalfPiHigh = 1.57079632673412561417;
    private const double HalfPiLow = 6.07710050650619224932e-11;

    /// <summary>
    /// cos x for |x| up to about 1000, with an absolute error below 4e-16: x = k·π/2 + r with |r| ≤ π/4, then the
    /// Taylor polynomial of the cosine (degree 16) or the sine (degree 17) at r.
    /// </summary>
    public static double Of(double x)
    {
        double k = Math.Floor(x * 0.63661977236758134308 + 0.5);
        double r = Math.FusedMultiplyAdd(-k, HalfPiLow, Math.FusedMultiplyAdd(-k, HalfPiHigh, x));
        switch ((int)k & 3)
        {
            case 0: return CosineSeries(r);
            case 1: return -SineSeries(r);
            case 2: return -CosineSeries(r);
            default: return SineSeries(r);
        }
    }

    private static double CosineSeries(double r)
    {
        double z = r * r;
        double p = 1.0 / 20922789888000;
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 87178291200);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 479001600);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 3628800);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 40320);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 720);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 24);
        p = Math.FusedMultiplyAdd(p, z, -0.5);
        return Math.FusedMultiplyAdd(p, z, 1);
    }

    private static double SineSeries(double r)
    {
        double z = r * r;
        double p = 1.0 / 355687428096000;
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 1307674368000);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 6227020800);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 39916800);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 362880);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 5040);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 120);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 6);
        return Math.FusedMultiplyAdd(p * z, r, r);
    }
}
