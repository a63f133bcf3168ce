using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Elementary functions of every float of a span, with the widest vectors that the processor has. All forms give the same
/// bits: <see cref="ElementaryScalar"/> is the one to read, <see cref="ElementaryLanes{S,V}"/> that of the vectors.
/// </summary>
/// <remarks>
/// Every function takes every float: ±∞ and the ends of the range give what <c>System.MathF</c> gives, NaN gives NaN.
/// The results lie in the first x.Length floats of <c>to</c>, which is at least as long, and either begins where x begins
/// or does not overlap it. Errors are the largest over all 2^32 floats, in units in the last place of the true result.
/// </remarks>
public static unsafe class Elementary
{
    /// <summary>e^x, within 0.69 ulp, within 0.78 ulp where the result is subnormal; e^0 is 1.</summary>
    public static void Exp(ReadOnlySpan<float> x, Span<float> to) => Apply(ElementaryFunction.Exp, x, to);

    /// <summary>ln x, within 0.97 ulp; ln 1 is 0, ln 0 is −∞ and that of negative numbers NaN.</summary>
    public static void Log(ReadOnlySpan<float> x, Span<float> to) => Apply(ElementaryFunction.Log, x, to);

    /// <summary>1 / (1 + e^−x), within 1.48 ulp.</summary>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> to) => Apply(ElementaryFunction.Sigmoid, x, to);

    /// <summary>tanh x, within 1.74 ulp; odd, to the sign of 0.</summary>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> to) => Apply(ElementaryFunction.Tanh, x, to);

    /// <summary>Any of them.</summary>
    public static void Apply(ElementaryFunction function, ReadOnlySpan<float> x, Span<float> to)
    {
        float* spare = stackalloc float[Lanes.Count];
        fixed (float* from = x, into = to.Slice(0, x.Length))
        {
            if (Avx512DQ.IsSupported)
                ElementaryLanes<Avx512Lanes, Vector512<float>>.Run(function, from, into, x.Length, spare);
            else if (PrimitiveTable.Wide.Elementary != null)
                PrimitiveTable.Wide.Elementary(function, from, into, x.Length, spare);
            else if (Avx2.IsSupported && Fma.IsSupported)
                ElementaryLanes<Avx2Lanes, Vector256<float>>.Run(function, from, into, x.Length, spare);
            else
                ElementaryScalar.Run(function, from, into, x.Length);
        }
    }
}
