using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>exp, log, sigmoid and tanh of floats: every form against .NET's float64 and against every other.</summary>
public sealed unsafe class ElementaryTests
{
    private static float Scalar(ElementaryFunction function, float x)
    {
        float to;
        ElementaryScalar.Run(function, &x, &to, 1);
        return to;
    }

    [Theory]
    [InlineData(ElementaryFunction.Exp, 0.78)]
    [InlineData(ElementaryFunction.Log, 0.97)]
    [InlineData(ElementaryFunction.Sigmoid, 1.5)]
    [InlineData(ElementaryFunction.Tanh, 1.75)]
    public void Every1009thFloatKeepsTheStatedBoundInAllForms(ElementaryFunction function, double bound)
    {
        UlpSweep.Result result = UlpSweep.Run(function, 0, 1UL << 32, 1009);
        Assert.Equal(((1UL << 32) + 1008) / 1009, result.Count);
        Assert.True(result.LargestError <= bound, $"{function} of {result.At:R}: {result.LargestError} ulp");
        Assert.True(result.Differences == 0, $"{function} of {result.FirstDifference:R} is not the same in all forms");
    }

    [Theory]
    [InlineData(0x00000000u, 0x00800100u, 997u)]
    [InlineData(0x3F7FF000u, 0x3F801000u, 1u)]
    [InlineData(0x3F3FFFF0u, 0x3F400010u, 1u)]
    [InlineData(0x7F7FFFF0u, 0x7F800010u, 1u)]
    public void LogarithmsOfSubnormalsNearOneAndAtTheSeams(uint first, uint end, uint stride)
    {
        UlpSweep.Result result = UlpSweep.Run(ElementaryFunction.Log, first, end, stride);
        Assert.InRange(result.LargestError, 0, 0.97);
        Assert.Equal(0UL, result.Differences);
    }

    [Theory]
    [InlineData(-87.3f, -104.1f)]
    [InlineData(88.72f, 88.73f)]
    public void ExponentialsAtTheEndsOfTheRange(float from, float to)
    {
        ulong first = BitConverter.SingleToUInt32Bits(from), end = BitConverter.SingleToUInt32Bits(to);
        UlpSweep.Result result = UlpSweep.Run(ElementaryFunction.Exp, first, end, 7);
        Assert.InRange(result.LargestError, 0, 0.78);
        Assert.Equal(0UL, result.Differences);
    }

    public static TheoryData<float> Specials => new(0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 88.72283f, 88.72284f, -103.97207f, -103.97208f);

    [Theory, MemberData(nameof(Specials))]
    public void SpecialValuesAreThoseOfMathF(float x)
    {
        Same(MathF.Exp(x), Scalar(ElementaryFunction.Exp, x));
        Same(MathF.Log(x), Scalar(ElementaryFunction.Log, x));
        Same(MathF.Tanh(x), Scalar(ElementaryFunction.Tanh, x));
        Same((float)UlpSweep.Exact(ElementaryFunction.Sigmoid, x), Scalar(ElementaryFunction.Sigmoid, x));
        Assert.Equal(1f, Scalar(ElementaryFunction.Exp, 0));
    }

    // Zeros, infinities, NaN and ones exactly; other numbers within the bounds that the sweeps hold.
    private static void Same(float want, float got)
    {
        if (want == 0 || !float.IsFinite(want))
            Assert.Equal(BitConverter.SingleToUInt32Bits(Plain(want)), BitConverter.SingleToUInt32Bits(Plain(got)));
        else Assert.InRange(UlpSweep.Ulps(got, want), 0, 2);
    }

    private static float Plain(float x) => float.IsNaN(x) ? float.NaN : x;

    [Property(MaxTest = 3000)]
    public void SpansOfAnyLengthAndPlaceAreFilledAndNothingElseIs(
        byte length, byte offset, DoNotSize<ulong> seed, byte which, bool inPlace)
    {
        ElementaryFunction function = (ElementaryFunction)(which & 3);
        int at = offset & 31;
        float[] x = new float[at + length + 40], to = new float[at + length + 40];
        var random = new Philox(seed.Item, 0);
        for (int i = 0; i < x.Length; i++) x[i] = BitConverter.UInt32BitsToSingle(random.NextUInt32());
        Array.Fill(to, 42f);
        float[] expected = [.. inPlace ? x : to];
        for (int i = at; i < at + length; i++) expected[i] = Scalar(function, x[i]);
        float* spare = stackalloc float[Lanes.Count];
        for (int form = 0; form < 4; form++)
        {
            float[] from = [.. x], into = inPlace ? from : [.. to];
            fixed (float* p = from, q = into)
            {
                if (form == 0) Elementary.Apply(function, from.AsSpan(at, length), into.AsSpan(at));
                else if (form == 1) ElementaryLanes<ScalarLanes, ScalarVector>.Run(function, p + at, q + at, length, spare);
                else if (form == 2 && Avx2.IsSupported)
                    ElementaryLanes<Avx2Lanes, Vector256<float>>.Run(function, p + at, q + at, length, spare);
                else if (form == 3 && Avx512DQ.IsSupported)
                    ElementaryLanes<Avx512Lanes, Vector512<float>>.Run(function, p + at, q + at, length, spare);
                else continue;
            }
            // NaN equals NaN here, and 0 does not equal −0.
            Assert.Equal(expected.Select(Plain).Select(BitConverter.SingleToUInt32Bits),
                into.Select(Plain).Select(BitConverter.SingleToUInt32Bits));
        }
    }

    [Property(MaxTest = 3000)]
    public void OrderAndSymmetryAreKept(DoNotSize<float> a, DoNotSize<float> b)
    {
        float low = Math.Min(a.Item, b.Item), high = Math.Max(a.Item, b.Item);
        if (float.IsNaN(low)) return;
        foreach (ElementaryFunction function in Enum.GetValues<ElementaryFunction>())
        {
            if (function == ElementaryFunction.Log && low < 0) continue;
            float below = Scalar(function, low), above = Scalar(function, high);
            // Rounding may turn neighbors round, by no more than the bounds.
            Assert.True(below <= above || UlpSweep.Ulps(below, above) <= 4, $"{function}: {low:R} {high:R}");
        }
        Assert.Equal(-Scalar(ElementaryFunction.Tanh, low), Scalar(ElementaryFunction.Tanh, -low));
    }
}
