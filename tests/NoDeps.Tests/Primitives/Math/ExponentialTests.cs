using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>The float64 exponential against .NET's.</summary>
public sealed class ExponentialTests
{
    [Fact]
    public void AgreesWithDotNetToTwoUlp()
    {
        var random = new Random(1);
        for (int i = 0; i < 400_000; i++)
        {
            double x = (i & 1) == 0 ? random.NextDouble() * 1400 - 700 : (random.NextDouble() - 0.5) * System.Math.Pow(2, -random.Next(60));
            double expected = System.Math.Exp(x);
            Assert.True(System.Math.Abs(Exponential.Of(x) - expected) <= 2 * System.Math.BitIncrement(expected) - 2 * expected,
                $"e^{x:R}: {Exponential.Of(x):R}, expected {expected:R}");
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(-746, 0)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(-744.5, 5e-324)]
    public void HasTheseValues(double x, double expected) => Assert.Equal(expected, Exponential.Of(x));
}
