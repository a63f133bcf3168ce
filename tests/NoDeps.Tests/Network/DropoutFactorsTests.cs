using NoDeps.Network;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>The random factors of dropout: all forms alike, any stretch of elements alike, and as many zeros as promised.</summary>
public sealed unsafe class DropoutFactorsTests
{
    private const int Lane = 16;

    private static float[] Draw(int element, int elements, int tile, float probability, ulong stream, bool isScalar)
    {
        float[] factors = new float[elements * Lane];
        fixed (float* to = factors)
        {
            if (isScalar) DropoutFactors.DrawScalar(to, element, elements, tile, probability, 7, stream);
            else DropoutFactors.Draw(to, element, elements, tile, probability, 7, stream);
        }
        return factors;
    }

    [Theory]
    [InlineData(0.25f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    [InlineData(0f)]
    public void FormsAgreeOnAnyStretch(float probability)
    {
        float[] whole = Draw(0, 130, 3, probability, 5, isScalar: true);
        Assert.Equal(whole, Draw(0, 130, 3, probability, 5, isScalar: false));
        foreach ((int first, int count) in ((int, int)[])[(0, 1), (1, 1), (15, 2), (16, 16), (17, 100), (129, 1)])
            Assert.Equal(whole[(first * Lane)..((first + count) * Lane)], Draw(first, count, 3, probability, 5, isScalar: false));
    }

    [Fact]
    public void ZerosAreAsFrequentAsTheProbabilityAndTheMeanIsOne()
    {
        float[] factors = Draw(0, 20_000, 0, 0.3f, 1, isScalar: false);
        Assert.All(factors, factor => Assert.True(factor == 0 || factor == 1 / (1 - 0.3f)));
        Assert.InRange(factors.Count(factor => factor == 0) / (double)factors.Length, 0.297, 0.303);
        Assert.InRange(factors.Average(), 0.995, 1.005);
    }

    [Fact]
    public void OtherTilesAndStreamsDrawOtherNumbers()
    {
        float[] first = Draw(0, 64, 0, 0.5f, 1, isScalar: false);
        Assert.NotEqual(first, Draw(0, 64, 1, 0.5f, 1, isScalar: false));
        Assert.NotEqual(first, Draw(0, 64, 0, 0.5f, 2, isScalar: false));
        Assert.NotEqual(first, Draw(0, 64, 0, 0.5f, 1UL << 32, isScalar: false));
    }
}
