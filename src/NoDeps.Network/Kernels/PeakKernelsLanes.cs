using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Measures a processor's peak: independent multiply-adds, and memory bandwidth.</summary>
internal static unsafe class PeakKernelsLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{

    /// <summary>
    /// x ← x / 2 + 1 in 12 × 16 numbers, repeated: more dependency chains than a processor has multiply-adds in flight,
    /// and fewer than it has registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* x, nint times)
    {
        V half = S.Create(0.5f), one = S.Create(1f);
        for (float* end = x + Lanes.Count; x < end; x += S.Count)
        {
            V a = S.Load(x), b = S.Load(x + 16), c = S.Load(x + 32), d = S.Load(x + 48), e = S.Load(x + 64), f = S.Load(x + 80);
            V g = S.Load(x + 96), h = S.Load(x + 112), i = S.Load(x + 128), j = S.Load(x + 144), k = S.Load(x + 160);
            V l = S.Load(x + 176);
            for (nint n = times; n > 0; n--)
            {
                a = S.Fma(a, half, one);
                b = S.Fma(b, half, one);
                c = S.Fma(c, half, one);
                d = S.Fma(d, half, one);
                e = S.Fma(e, half, one);
                f = S.Fma(f, half, one);
                g = S.Fma(g, half, one);
                h = S.Fma(h, half, one);
                i = S.Fma(i, half, one);
                j = S.Fma(j, half, one);
                k = S.Fma(k, half, one);
                l = S.Fma(l, half, one);
            }
            S.Store(x, a);
            S.Store(x + 16, b);
            S.Store(x + 32, c);
            S.Store(x + 48, d);
            S.Store(x + 64, e);
            S.Store(x + 80, f);
            S.Store(x + 96, g);
            S.Store(x + 112, h);
            S.Store(x + 128, i);
            S.Store(x + 144, j);
            S.Store(x + 160, k);
            S.Store(x + 176, l);
        }
    }

    /// <summary>
    /// Reads (sums by lane into the first 16 of <paramref name="to"/>) where <paramref name="stores"/> is false, writes
    /// (fills with the first number of <paramref name="from"/>) where <paramref name="loads"/> is; copies where neither is.
    /// The count of floats is a multiple of 128.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Move(float* from, float* to, nint count, bool loads, bool stores)
    {
        float* end = from + count;
        if (!stores)
        {
            V a = S.Zero, b = S.Zero, c = S.Zero, d = S.Zero, e = S.Zero, f = S.Zero, g = S.Zero, h = S.Zero;
            for (; from < end; from += 8 * S.Count)
            {
                a = S.Add(a, S.Load(from));
                b = S.Add(b, S.Load(from + S.Count));
                c = S.Add(c, S.Load(from + 2 * S.Count));
                d = S.Add(d, S.Load(from + 3 * S.Count));
                e = S.Add(e, S.Load(from + 4 * S.Count));
                f = S.Add(f, S.Load(from + 5 * S.Count));
                g = S.Add(g, S.Load(from + 6 * S.Count));
                h = S.Add(h, S.Load(from + 7 * S.Count));
            }
            a = S.Add(S.Add(a, c), S.Add(e, g));
            b = S.Add(S.Add(b, d), S.Add(f, h));
            // 16 lanes are one vector or two.
            S.Store(to, S.Count == Lanes.Count ? S.Add(a, b) : a);
            if (S.Count < Lanes.Count) S.Store(to + S.Count, b);
        }
        else if (loads)
        {
            for (; from < end; from += 4 * S.Count, to += 4 * S.Count)
            {
                S.Store(to, S.Load(from));
                S.Store(to + S.Count, S.Load(from + S.Count));
                S.Store(to + 2 * S.Count, S.Load(from + 2 * S.Count));
                S.Store(to + 3 * S.Count, S.Load(from + 3 * S.Count));
            }
        }
        else
        {
            V value = S.Broadcast(from);
            for (float* last = to + count; to < last; to += 4 * S.Count)
            {
                S.Store(to, value);
                S.Store(to + S.Count, value);
                S.Store(to + 2 * S.Count, value);
                S.Store(to + 3 * S.Count, value);
            }
        }
    }
}
