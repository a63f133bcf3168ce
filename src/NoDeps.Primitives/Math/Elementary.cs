using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Elementary functions of every float of a span, with the widest vectors that the processor supports. All forms give the
/// same bits: <see cref="ElementaryScalar"/> is the reference form, <see cref="ElementaryLanes{S,V}"/> has the vector forms.
/// </summary>
/// <remarks>
/// Every function accepts every float: ±∞ and arguments beyond the range give what <c>System.MathF</c> gives, NaN gives NaN.
/// The results go to the first x.Length floats of <c>to</c>, which must be at least as long, and must either start where x
/// starts or not overlap it. The stated errors are the maxima over all 2^32 floats, in ulp of the true result.
/// </remarks>
public static unsafe class Elementary
{
    /// <summary>e^x, within 0.69 ulp, or 0.78 ulp if the result is subnormal; e^0 is exactly 1.</summary>
    public static void Exp(ReadOnlySpan<float> x, Span<float> to) => Apply(ElementaryFunction.Exp, x, to);

    /// <summary>ln x, within 0.97 ulp; ln 1 is exactly 0, ln 0 is −∞, and negative numbers give NaN.</summary>
    public static void Log(ReadOnlySpan<float> x, Span<float> to) => Apply(ElementaryFunction.Log, x, to);

    /// <summary>1 / (1 + e^−x), within 1.48 ulp.</summary>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> to) => Apply(ElementaryFunction.Sigmoid, x, to);

    /// <summary>tanh x, within 1.74 ulp; an odd function, including the sign of 0.</summary>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> to) => Apply(ElementaryFunction.Tanh, x, to);

    /// <summary>Applies any of these functions.</summary>
    public static void Apply(ElementaryFunction function, ReadOnlySpan<float> x, Span<float> to)
    {
        float* scratch = stackalloc float[Lanes.Count];
        fixed (float* from = x, into = to.Slice(0, x.Length))
        {
            if (Avx512DQ.IsSupported)
                ElementaryLanes<Avx512Lanes, Vector512<float>>.Run(function, from, into, x.Length, scratch);
            else if (PrimitiveTable.Avx512.Elementary != null)
                PrimitiveTable.Avx512.Elementary(function, from, into, x.Length, scratch);
            else if (Avx2.IsSupported && Fma.IsSupported)
                ElementaryLanes<Avx2Lanes, Vector256<float>>.Run(function, from, into, x.Length, scratch);
            else
                ElementaryScalar.Run(function, from, into, x.Length);
        }
    }
}
