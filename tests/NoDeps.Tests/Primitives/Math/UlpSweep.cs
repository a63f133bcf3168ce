using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoDeps.Primitives;

namespace NoDeps.Tests.Primitives;

/// <summary>
/// Elementary functions over many floats: how far they are from .NET's in float64, and whether all forms give the same
/// bits. All 2^32 floats take about a minute and a half a function on one core.
/// </summary>
public static unsafe class UlpSweep
{
    private const int Chunk = 1 << 14;

    /// <summary>What a sweep found.</summary>
    /// <param name="Count">How many floats were tried.</param>
    /// <param name="LargestError">In units in the last place of the true result; infinite where a NaN or an infinity is
    /// missing or where there should be none.</param>
    /// <param name="At">Where that error is.</param>
    /// <param name="Differences">How many floats have not the same result in all forms.</param>
    /// <param name="FirstDifference">The first of these.</param>
    public readonly record struct Result(ulong Count, double LargestError, float At, ulong Differences, float FirstDifference)
    {
        /// <summary>The result of two parts of a sweep.</summary>
        public Result With(Result other)
        {
            Result worse = LargestError >= other.LargestError ? this : other;
            return new(Count + other.Count, worse.LargestError, worse.At, Differences + other.Differences,
                Differences != 0 ? FirstDifference : other.FirstDifference);
        }
    }

    /// <summary>
    /// Sweeps the floats whose bits are <paramref name="first"/>, first + <paramref name="stride"/>, … below
    /// <paramref name="end"/>, which is at most 2^32.
    /// </summary>
    /// <param name="progress">Called with the number of floats done so far, now and then.</param>
    public static Result Run(ElementaryFunction function, ulong first, ulong end, uint stride, Action<ulong>? progress = null)
    {
        float[] x = new float[Chunk], scalar = new float[Chunk], narrow = new float[Chunk], wide = new float[Chunk];
        float* spare = stackalloc float[Lanes.Count];
        Result result = default;
        while (first < end)
        {
            int count = 0;
            for (; count < Chunk && first < end; first += stride) x[count++] = BitConverter.UInt32BitsToSingle((uint)first);
            fixed (float* from = x, a = scalar, b = narrow, c = wide)
            {
                ElementaryScalar.Run(function, from, a, count);
                Narrow(function, from, b, count, spare);
                if (Avx512DQ.IsSupported) ElementaryLanes<Avx512Lanes, Vector512<float>>.Run(function, from, c, count, spare);
                else narrow.CopyTo(wide, 0);
            }
            result = result.With(Judge(function, x, scalar, narrow, wide, count));
            progress?.Invoke(result.Count);
        }
        return result;
    }

    /// <summary>f(x) in float64.</summary>
    public static double Exact(ElementaryFunction function, double x) => function switch
    {
        ElementaryFunction.Exp => Math.Exp(x),
        ElementaryFunction.Log => Math.Log(x),
        ElementaryFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
        _ => Math.Tanh(x),
    };

    private static Result Judge(
        ElementaryFunction function, float[] x, float[] scalar, float[] narrow, float[] wide, int count)
    {
        double largest = 0;
        float at = 0, different = 0;
        ulong differences = 0;
        for (int i = 0; i < count; i++)
        {
            bool same = float.IsNaN(scalar[i])
                ? float.IsNaN(narrow[i]) && float.IsNaN(wide[i])
                : Bits(scalar[i]) == Bits(narrow[i]) && Bits(scalar[i]) == Bits(wide[i]);
            if (!same && differences++ == 0) different = x[i];
            double error = Ulps(wide[i], Exact(function, x[i]));
            if (error <= largest) continue;
            largest = error;
            at = x[i];
        }
        return new((ulong)count, largest, at, differences, different);
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    /// <summary>|got − want| in units in the last place of <paramref name="want"/>; 0 for the same NaN or infinity.</summary>
    public static double Ulps(float got, double want)
    {
        float nearest = (float)want;
        if (!float.IsFinite(nearest) || !float.IsFinite(got)) return got.Equals(nearest) ? 0 : double.PositiveInfinity;
        int exponent = Math.Max((int)((BitConverter.DoubleToUInt64Bits(want) >> 52) & 0x7FF) - 1023 - 23, -149);
        return Math.Abs(got - want) * BitConverter.UInt64BitsToDouble((ulong)(1023 - exponent) << 52);
    }

    /// <summary>The form for 256-bit vectors: that of AVX2, and where the processor lacks it .NET's portable one.</summary>
    public static void Narrow(ElementaryFunction function, float* x, float* to, int count, float* spare)
    {
        if (Avx2.IsSupported) ElementaryLanes<Avx2Lanes, Vector256<float>>.Run(function, x, to, count, spare);
        else ElementaryLanes<PortableLanes, Vector256<float>>.Run(function, x, to, count, spare);
    }
}
