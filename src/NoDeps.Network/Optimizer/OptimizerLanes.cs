using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The optimizers: one pass over parameters, gradients and moments, in chunks of fixed size.</summary>
internal static unsafe class OptimizerLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>One chunk; the context is an <see cref="OptimizerState"/>.</summary>
    public static void Run(void* context, int item)
    {
        OptimizerState* o = (OptimizerState*)context;
        int first = o->Begin + item * OptimizerState.Chunk;
        int end = o->End - first < OptimizerState.Chunk ? o->End : first + OptimizerState.Chunk;
        Update(o, o->Gradients, first, end);
    }

    /// <summary>
    /// Updates the parameters from a first one to the one before an end, both multiples of 16; gradients have the same
    /// indices.
    /// </summary>
    public static void Update(OptimizerState* o, float* gradients, int first, int end)
    {
        if (o->Kind == OptimizerKind.Adam || o->Kind == OptimizerKind.AdamW) Adam(o, gradients, first, end);
        else Momentum(o, gradients, first, end);
        // Now, while the parameters are in the cache.
        if (o->Average != null) Average(o, first, end);
    }

    /// <summary>
    /// d = s·g + λ·w, where s scales gradients down for clipping; m = μ·m + d; w −= η·m, or η·(d + μ·m) with Nesterov
    /// momentum: torch.optim.SGD.
    /// </summary>
    private static void Momentum(OptimizerState* o, float* gradients, int first, int end)
    {
        V rate = S.Create(o->Rate), momentum = S.Create(o->Momentum), decay = S.Create(o->Decay), scale = S.Create(o->Scale);
        bool nesterov = o->Kind == OptimizerKind.Nesterov;
        for (int i = first; i < end; i += S.Count)
        {
            V w = S.Load(o->Parameters + i);
            V d = S.Fma(decay, w, S.Multiply(scale, S.Load(gradients + i)));
            V m = S.Fma(momentum, S.Load(o->First + i), d);
            S.Store(o->First + i, m);
            if (nesterov) m = S.Fma(momentum, m, d);
            S.Store(o->Parameters + i, S.FmaNegated(rate, m, w));
        }
    }

    /// <summary>
    /// d = s·g + λ·w; m = β1·m + (1 − β1)·d; v = β2·v + (1 − β2)·d²; w −= η/(1 − β1^t) · m / (√v/√(1 − β2^t) + ε):
    /// torch.optim.Adam (Kingma and Ba 2015). AdamW has d = s·g and begins with w = (1 − η·λ)·w instead: torch.optim.AdamW
    /// (Loshchilov and Hutter 2019, algorithm 2).
    /// </summary>
    private static void Adam(OptimizerState* o, float* gradients, int first, int end)
    {
        V rate = S.Create(o->Rate), beta1 = S.Create(o->Momentum), one1 = S.Create(o->OneLessMomentum);
        V beta2 = S.Create(o->Beta2), one2 = S.Create(o->OneLessBeta2), root = S.Create(o->Root);
        V epsilon = S.Create(o->Epsilon), decay = S.Create(o->Decay), keep = S.Create(o->Keep), scale = S.Create(o->Scale);
        for (int i = first; i < end; i += S.Count)
        {
            V w = S.Load(o->Parameters + i);
            V d = S.Fma(decay, w, S.Multiply(scale, S.Load(gradients + i)));
            V m = S.Fma(beta1, S.Load(o->First + i), S.Multiply(one1, d));
            V v = S.Fma(beta2, S.Load(o->Second + i), S.Multiply(S.Multiply(one2, d), d));
            S.Store(o->First + i, m);
            S.Store(o->Second + i, v);
            V step = S.Divide(m, S.Fma(S.SquareRoot(v), root, epsilon));
            S.Store(o->Parameters + i, S.FmaNegated(rate, step, S.Multiply(keep, w)));
        }
    }

    /// <summary>
    /// a += (1 − D)·(w − a): torch.optim.swa_utils.AveragedModel with get_ema_multi_avg_fn(D), whose first update
    /// copies.
    /// </summary>
    private static void Average(OptimizerState* o, int first, int end)
    {
        V share = S.Create(o->AverageShare);
        if (o->AverageShare == 1)
        {
            for (int i = first; i < end; i += S.Count) S.Store(o->Average + i, S.Load(o->Parameters + i));
            return;
        }
        for (int i = first; i < end; i += S.Count)
        {
            V a = S.Load(o->Average + i);
            S.Store(o->Average + i, S.Fma(share, S.Subtract(S.Load(o->Parameters + i), a), a));
        }
    }

    /// <summary>
    /// Σ g² over one chunk of all gradients; the context is an <see cref="OptimizerState"/>. Blocks of 16 rows of 16
    /// lanes are summed in float32, and these sums in float64, in an order that depends only on the number of
    /// parameters.
    /// </summary>
    public static void SumSquares(void* context, int item)
    {
        const int block = 16 * Lanes.Count;
        OptimizerState* o = (OptimizerState*)context;
        float* sums = o->LaneSums + (nint)item * Lanes.Count;
        int first = o->Begin + item * OptimizerState.Chunk;
        int end = o->End - first < OptimizerState.Chunk ? o->End : first + OptimizerState.Chunk;
        double total = 0;
        for (; first < end; first += block)
        {
            int stop = end - first < block ? end : first + block;
            for (int lane = 0; lane < Lanes.Count; lane += S.Count)
            {
                V sum = S.Zero;
                for (int i = first + lane; i < stop; i += Lanes.Count)
                {
                    V g = S.Load(o->Gradients + i);
                    sum = S.Fma(g, g, sum);
                }
                S.Store(sums + lane, sum);
            }
            total += S.SumLanes(sums);
        }
        o->SquareSums[item] = total;
    }
}
