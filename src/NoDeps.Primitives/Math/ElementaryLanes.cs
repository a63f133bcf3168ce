using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// The vector forms of <see cref="Elementary"/>, with AVX2 or AVX-512 as selected by <typeparamref name="S"/>.
/// </summary>
public static unsafe class ElementaryLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>
    /// Computes f(x) for <paramref name="count"/> floats. <paramref name="to"/> is <paramref name="x"/> or does not
    /// overlap it; <paramref name="scratch"/> is scratch memory for <see cref="Lanes.Count"/> floats.
    /// </summary>
    public static void Run(ElementaryFunction function, float* x, float* to, nint count, float* scratch)
    {
        nint whole = count & -S.Count, rest = count - whole;
        Vectors(function, x, to, whole);
        if (rest == 0) return;
        for (nint i = 0; i < S.Count; i++) scratch[i] = i < rest ? x[whole + i] : 0;
        Vectors(function, scratch, scratch, S.Count);
        for (nint i = 0; i < rest; i++) to[whole + i] = scratch[i];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Vectors(ElementaryFunction function, float* x, float* to, nint count)
    {
        switch (function)
        {
            case ElementaryFunction.Exp:
                for (nint i = 0; i < count; i += S.Count) S.Store(to + i, ExponentialLanes<S, V>.Exp(S.Load(x + i)));
                break;
            case ElementaryFunction.Log:
                for (nint i = 0; i < count; i += S.Count) S.Store(to + i, LogarithmLanes<S, V>.Log(S.Load(x + i)));
                break;
            case ElementaryFunction.Sigmoid:
                for (nint i = 0; i < count; i += S.Count) S.Store(to + i, ExponentialLanes<S, V>.Sigmoid(S.Load(x + i)));
                break;
            default:
                for (nint i = 0; i < count; i += S.Count) S.Store(to + i, ExponentialLanes<S, V>.Tanh(S.Load(x + i)));
                break;
        }
    }
}
