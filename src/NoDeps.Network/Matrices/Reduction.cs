using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Sums over positions, per lane. Four running sums take the positions in turn and are added as (0 + 1) + (2 + 3): the
/// same order for every instruction set.
/// </summary>
internal static unsafe class Reduction<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>lanes[i] = Σ_p x[p·stride + i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Sum(float* x, int n, nint stride, float* lanes)
    {
        for (int lane = 0; lane < Lanes.Count; lane += S.Count)
        {
            float* p = x + lane;
            V a = S.Zero, b = S.Zero, c = S.Zero, d = S.Zero;
            int left = n;
            for (; left >= 4; left -= 4)
            {
                a = S.Add(a, S.Load(p));
                b = S.Add(b, S.Load(p + stride));
                c = S.Add(c, S.Load(p + 2 * stride));
                d = S.Add(d, S.Load(p + 3 * stride));
                p += 4 * stride;
            }
            for (; left > 0; left--)
            {
                a = S.Add(a, S.Load(p));
                p += stride;
            }
            S.Store(lanes + lane, S.Add(S.Add(a, b), S.Add(c, d)));
        }
    }

    /// <summary>As <see cref="Sum"/> with a mask for each position: unused lanes count as 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void MaskedSum(float* x, int n, nint stride, float* masks, nint maskStride, float* lanes)
    {
        for (int lane = 0; lane < Lanes.Count; lane += S.Count)
        {
            float* p = x + lane;
            float* m = masks + lane;
            V a = S.Zero, b = S.Zero, c = S.Zero, d = S.Zero;
            int left = n;
            for (; left >= 4; left -= 4)
            {
                a = S.Add(a, S.And(S.Load(m), S.Load(p)));
                b = S.Add(b, S.And(S.Load(m + maskStride), S.Load(p + stride)));
                c = S.Add(c, S.And(S.Load(m + 2 * maskStride), S.Load(p + 2 * stride)));
                d = S.Add(d, S.And(S.Load(m + 3 * maskStride), S.Load(p + 3 * stride)));
                p += 4 * stride;
                m += 4 * maskStride;
            }
            for (; left > 0; left--)
            {
                a = S.Add(a, S.And(S.Load(m), S.Load(p)));
                p += stride;
                m += maskStride;
            }
            S.Store(lanes + lane, S.Add(S.Add(a, b), S.Add(c, d)));
        }
    }

    /// <summary>lanes[i] = Σ (x − shift) and lanes[16 + i] = Σ (x − shift)², without unused lanes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Deviations(float* x, int n, nint stride, float* masks, nint maskStride, float shift, float* lanes)
    {
        V mean = S.Create(shift);
        for (int lane = 0; lane < Lanes.Count; lane += S.Count)
        {
            float* p = x + lane;
            float* m = masks + lane;
            V a = S.Zero, b = S.Zero, c = S.Zero, d = S.Zero;
            int left = n;
            for (; left >= 2; left -= 2)
            {
                V u = S.And(S.Load(m), S.Subtract(S.Load(p), mean));
                V v = S.And(S.Load(m + maskStride), S.Subtract(S.Load(p + stride), mean));
                a = S.Add(a, u);
                b = S.Add(b, v);
                c = S.Fma(u, u, c);
                d = S.Fma(v, v, d);
                p += 2 * stride;
                m += 2 * maskStride;
            }
            if (left > 0)
            {
                V u = S.And(S.Load(m), S.Subtract(S.Load(p), mean));
                a = S.Add(a, u);
                c = S.Fma(u, u, c);
            }
            S.Store(lanes + lane, S.Add(a, b));
            S.Store(lanes + 16 + lane, S.Add(c, d));
        }
    }

    /// <summary>lanes[i] = Σ g and lanes[16 + i] = Σ g·(x − shift); g is 0 in unused lanes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Moments(float* g, float* x, int n, nint stride, float shift, float* lanes)
    {
        V mean = S.Create(shift);
        for (int lane = 0; lane < Lanes.Count; lane += S.Count)
        {
            float* p = x + lane;
            float* q = g + lane;
            V a = S.Zero, b = S.Zero, c = S.Zero, d = S.Zero;
            int left = n;
            for (; left >= 2; left -= 2)
            {
                V u = S.Load(q), v = S.Load(q + stride);
                a = S.Add(a, u);
                b = S.Add(b, v);
                c = S.Fma(u, S.Subtract(S.Load(p), mean), c);
                d = S.Fma(v, S.Subtract(S.Load(p + stride), mean), d);
                p += 2 * stride;
                q += 2 * stride;
            }
            if (left > 0)
            {
                V u = S.Load(q);
                a = S.Add(a, u);
                c = S.Fma(u, S.Subtract(S.Load(p), mean), c);
            }
            S.Store(lanes + lane, S.Add(a, b));
            S.Store(lanes + 16 + lane, S.Add(c, d));
        }
    }
}
