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
    /// The parameters from a first one to the one before an end, both multiples of 16; gradients have the same indices.
    /// </summary>
    public static void Update(OptimizerState* o, float* gradients, int first, int end)
    {
        if (o->Kind == OptimizerKind.Adam) Adam(o, gradients, first, end);
        else Momentum(o, gradients, first, end);
    }

    /// <summary>
    /// d = g + λ·w; m = μ·m + d; w −= η·m, or η·(d + μ·m) by Nesterov's rule: torch.optim.SGD.
    /// </summary>
    private static void Momentum(OptimizerState* o, float* gradients, int first, int end)
    {
        V rate = S.Create(o->Rate), momentum = S.Create(o->Momentum), decay = S.Create(o->Decay);
        bool nesterov = o->Kind == OptimizerKind.Nesterov;
        for (int i = first; i < end; i += S.Count)
        {
            V w = S.Load(o->Parameters + i);
            V d = S.Fma(decay, w, S.Load(gradients + i));
            V m = S.Fma(momentum, S.Load(o->First + i), d);
            S.Store(o->First + i, m);
            if (nesterov) m = S.Fma(momentum, m, d);
            S.Store(o->Parameters + i, S.FmaNegated(rate, m, w));
        }
    }

    /// <summary>
    /// d = g + λ·w; m = β1·m + (1 − β1)·d; v = β2·v + (1 − β2)·d²; w −= η/(1 − β1^t) · m / (√v/√(1 − β2^t) + ε):
    /// torch.optim.Adam (Kingma and Ba 2015).
    /// </summary>
    private static void Adam(OptimizerState* o, float* gradients, int first, int end)
    {
        V rate = S.Create(o->Rate), beta1 = S.Create(o->Momentum), one1 = S.Create(o->OneLessMomentum);
        V beta2 = S.Create(o->Beta2), one2 = S.Create(o->OneLessBeta2), root = S.Create(o->Root);
        V epsilon = S.Create(o->Epsilon), decay = S.Create(o->Decay);
        for (int i = first; i < end; i += S.Count)
        {
            V w = S.Load(o->Parameters + i);
            V d = S.Fma(decay, w, S.Load(gradients + i));
            V m = S.Fma(beta1, S.Load(o->First + i), S.Multiply(one1, d));
            V v = S.Fma(beta2, S.Load(o->Second + i), S.Multiply(S.Multiply(one2, d), d));
            S.Store(o->First + i, m);
            S.Store(o->Second + i, v);
            V step = S.Divide(m, S.Fma(S.SquareRoot(v), root, epsilon));
            S.Store(o->Parameters + i, S.FmaNegated(rate, step, w));
        }
    }
}
