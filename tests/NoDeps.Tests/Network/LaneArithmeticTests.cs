using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>The arithmetic that the layers stand on, against float64 and against plain loops, on every instruction set.</summary>
public sealed unsafe class LaneArithmeticTests
{
    private const int Lane = Lanes.Count;

    /// <summary>The distance in units of the last place of the float nearest to <paramref name="want"/>.</summary>
    private static double Ulps(float got, double want)
    {
        float nearest = (float)want;
        if (float.IsNaN(nearest) || float.IsInfinity(nearest)) return got.Equals(nearest) ? 0 : double.PositiveInfinity;
        int exponent = nearest == 0 ? -149 : Math.Max(Math.ILogB(Math.Abs(want)) - 23, -149);
        return Math.Abs(got - want) / Math.ScaleB(1, exponent);
    }

    private static void Evaluate<S, V>(int function, float* x, float* y) where S : struct, ISimd<V> where V : unmanaged
    {
        for (int i = 0; i < Lane; i += S.Count)
        {
            V v = S.Load(x + i);
            S.Store(y + i, function == 0 ? ExponentialLanes<S, V>.Exp(v)
                : function == 1 ? ExponentialLanes<S, V>.Sigmoid(v) : ExponentialLanes<S, V>.Tanh(v));
        }
    }

    private static double Exact(int function, double x) =>
        function == 0 ? Math.Exp(x) : function == 1 ? 1 / (1 + Math.Exp(-x)) : Math.Tanh(x);

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(1, 1.6)]
    [InlineData(2, 1.8)]
    public void ExponentialsKeepTheirBoundsAndTheirBits(int function, double bound)
    {
        float* x = stackalloc float[Lane], narrow = stackalloc float[Lane], wide = stackalloc float[Lane];
        float* portable = stackalloc float[Lane];
        const ulong stride = 10007;
        for (ulong bits = 0; bits < 1UL << 32; bits += Lane * stride)
        {
            for (int i = 0; i < Lane; i++) x[i] = BitConverter.UInt32BitsToSingle((uint)(bits + (ulong)i * stride));
            Evaluate<Avx2Lanes, Vector256<float>>(function, x, narrow);
            Evaluate<ScalarLanes, ScalarVector>(function, x, portable);
            if (Avx512DQ.IsSupported) Evaluate<Avx512Lanes, Vector512<float>>(function, x, wide);
            for (int i = 0; i < Lane; i++)
            {
                double ulps = Ulps(narrow[i], Exact(function, x[i]));
                Assert.True(ulps <= bound, $"function {function} of {x[i]:R}: {narrow[i]:R}, {ulps} ulp");
                if (float.IsNaN(narrow[i])) continue;
                Assert.Equal(BitConverter.SingleToUInt32Bits(narrow[i]), BitConverter.SingleToUInt32Bits(portable[i]));
                if (!Avx512DQ.IsSupported) continue;
                Assert.Equal(BitConverter.SingleToUInt32Bits(narrow[i]), BitConverter.SingleToUInt32Bits(wide[i]));
            }
        }
    }

    [Fact]
    public void ExpOfZeroIsOneAndTheEndsOfTheRangeAreRight()
    {
        float* x = stackalloc float[Lane], y = stackalloc float[Lane];
        float[] inputs = [0f, -0f, float.NegativeInfinity, float.PositiveInfinity, -104.1f, 88.73f];
        float[] wanted = [1f, 1f, 0f, float.PositiveInfinity, 0f, float.PositiveInfinity];
        for (int i = 0; i < Lane; i++) x[i] = i < inputs.Length ? inputs[i] : 0;
        Evaluate<Avx2Lanes, Vector256<float>>(0, x, y);
        for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], y[i]);
    }

    [Fact]
    public void LogarithmAndCosineAgreeWithTheLibrary()
    {
        Random random = new(20251122);
        for (int i = 0; i < 200_000; i++)
        {
            double x = i % 2 == 0 ? 0.5 + 1.5 * random.NextDouble()
                : BitConverter.Int64BitsToDouble((long)(random.NextDouble() * 0x7FE0000000000000));
            double want = Math.Log(x), unit = Math.BitIncrement(Math.Abs(want)) - Math.Abs(want);
            Assert.True(Math.Abs(Logarithm.Natural(x) - want) <= 3 * unit, $"log {x:R}");
            double angle = (random.NextDouble() - 0.5) * 2000;
            Assert.InRange(Cosine.Of(angle) - Math.Cos(angle), -4e-16, 4e-16);
        }
        Assert.Equal(0, Logarithm.Natural(1));
        Assert.Equal(double.NegativeInfinity, Logarithm.Natural(0));
        Assert.True(double.IsNaN(Logarithm.Natural(-1)));
    }

    [Fact]
    public void LaneSumsRunOverOneTreeEverywhere()
    {
        Random random = new(7);
        float* groups = stackalloc float[Lane * Lane], sums = stackalloc float[Lane];
        for (int round = 0; round < 1000; round++)
        {
            for (int i = 0; i < Lane * Lane; i++) groups[i] = (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 6)));
            for (int isa = -1; isa < (Avx512DQ.IsSupported ? 2 : 1); isa++)
            {
                if (isa < 0) ScalarLanes.SumLanes16(groups, sums);
                else if (isa == 0) Avx2Lanes.SumLanes16(groups, sums);
                else Avx512Lanes.SumLanes16(groups, sums);
                for (int g = 0; g < Lane; g++)
                {
                    float[] tree = new Span<float>(groups + g * Lane, Lane).ToArray();
                    for (int apart = Lane / 2; apart > 0; apart /= 2)
                    {
                        for (int i = 0; i < apart; i++) tree[i] += tree[i + apart];
                    }
                    Assert.Equal(BitConverter.SingleToUInt32Bits(tree[0]), BitConverter.SingleToUInt32Bits(sums[g]));
                    Assert.Equal(tree[0], isa == 0 ? Avx2Lanes.SumLanes(groups + g * Lane) : Avx512Lanes.SumLanes(groups + g * Lane));
                }
            }
        }
    }

    [Fact]
    public void TranspositionMovesEveryElementAndNoOther()
    {
        const int from = 19, to = 23;
        float* source = stackalloc float[Lane * from], target = stackalloc float[Lane * to];
        for (int isa = -1; isa < (Avx512DQ.IsSupported ? 2 : 1); isa++)
        {
            for (int i = 0; i < Lane * from; i++) source[i] = i + 1;
            for (int i = 0; i < Lane * to; i++) target[i] = -1;
            if (isa < 0) ScalarLanes.Transpose16(source, from, target, to);
            else if (isa == 0) Avx2Lanes.Transpose16(source, from, target, to);
            else Avx512Lanes.Transpose16(source, from, target, to);
            for (int j = 0; j < Lane; j++)
            {
                for (int i = 0; i < to; i++) Assert.Equal(i < Lane ? source[i * from + j] : -1, target[j * to + i]);
            }
        }
    }
}
