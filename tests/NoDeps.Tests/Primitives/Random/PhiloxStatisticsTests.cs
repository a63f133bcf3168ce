using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>
/// Whether the numbers look as they should: moments, cells, the distance of Kolmogorov and Smirnov, correlation between
/// neighbors and between streams. Seeds are fixed, so a test that passes once passes always.
/// </summary>
public sealed class PhiloxStatisticsTests
{
    private const int Count = 200_000;

    /// <summary>√n · sup |F_n − F|; above 1.95 in one of a thousand samples.</summary>
    private static double KolmogorovSmirnov(double[] sample, Func<double, double> distribution)
    {
        Array.Sort(sample);
        double distance = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            double f = distribution(sample[i]);
            distance = Math.Max(distance, Math.Max(f - (double)i / sample.Length, (i + 1.0) / sample.Length - f));
        }
        return distance * Math.Sqrt(sample.Length);
    }

    /// <summary>Φ by the error function's series, and its continued fraction beyond 3.</summary>
    private static double Normal(double x)
    {
        double z = Math.Abs(x), density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI), upper;
        if (z < 3)
        {
            double term = z, sum = z;
            for (int k = 1; k < 80; k++) sum += term *= z * z / (2 * k + 1);
            upper = 0.5 - density * sum;
        }
        else
        {
            double fraction = z;
            for (int k = 60; k > 0; k--) fraction = z + k / fraction;
            upper = density / fraction;
        }
        return x < 0 ? upper : 1 - upper;
    }

    private static (double Mean, double Variance, double Skewness, double Kurtosis) Moments(double[] sample)
    {
        double mean = sample.Average(), two = sample.Average(x => Math.Pow(x - mean, 2));
        return (mean, two, sample.Average(x => Math.Pow(x - mean, 3)) / Math.Pow(two, 1.5),
            sample.Average(x => Math.Pow(x - mean, 4)) / (two * two));
    }

    [Theory]
    [InlineData(1UL), InlineData(20260101UL), InlineData(0xFFFFFFFFFFFFFFFFUL)]
    public void FractionsAreUniform(ulong seed)
    {
        double[] doubles = new double[Count];
        new Philox(seed, 1).Fill(doubles);
        float[] floats = new float[Count];
        new Philox(seed, 2).Fill(floats);
        foreach (double[] sample in new[] { doubles, [.. floats.Select(f => (double)f)] })
        {
            var moments = Moments(sample);
            double deviation = 1 / Math.Sqrt(Count);
            Assert.InRange(moments.Mean, 0.5 - 1.5 * deviation, 0.5 + 1.5 * deviation);
            Assert.InRange(moments.Variance, 1.0 / 12 - deviation / 2, 1.0 / 12 + deviation / 2);
            Assert.InRange(KolmogorovSmirnov(sample, x => x), 0.2, 1.95);
        }
    }

    [Theory]
    [InlineData(1UL), InlineData(20260101UL), InlineData(0xFFFFFFFFFFFFFFFFUL)]
    public void NormalNumbersAreNormal(ulong seed)
    {
        var random = new Philox(seed, 3);
        double[] sample = new double[Count];
        for (int i = 0; i < Count; i++) sample[i] = random.NextNormal();
        var moments = Moments(sample);
        double deviation = 1 / Math.Sqrt(Count);
        Assert.InRange(moments.Mean, -4 * deviation, 4 * deviation);
        Assert.InRange(moments.Variance, 1 - 6 * deviation, 1 + 6 * deviation);
        Assert.InRange(moments.Skewness, -10 * deviation, 10 * deviation);
        Assert.InRange(moments.Kurtosis, 3 - 20 * deviation, 3 + 20 * deviation);
        Assert.InRange(sample.Max(Math.Abs), 3.5, 8.6);
        Assert.InRange(KolmogorovSmirnov(sample, Normal), 0.2, 1.95);
    }

    [Property(MaxTest = 1000)]
    public void ANormalNumberIsBoxAndMullers(DoNotSize<ulong> seed)
    {
        var bits = new Philox(seed.Item, 4);
        var random = bits;
        for (int i = 0; i < 10; i++)
        {
            double u = 1 - (bits.NextUInt64() >> 11 ^ ((1UL << 53) - 1)) / Math.Pow(2, 53), v = bits.NextDouble();
            double expected = Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
            Assert.InRange(random.NextNormal() - expected, -1e-13, 1e-13);
        }
    }

    [Theory]
    [InlineData(0), InlineData(8), InlineData(16), InlineData(24)]
    public void EveryByteOfANumberIsUniformAndIndependentOfTheOneBefore(int shift)
    {
        const int Cells = 1 << 16;
        uint[] numbers = new uint[64 * Cells];
        new Philox(5, 6).Fill(numbers);
        int[] bytes = new int[256], pairs = new int[Cells];
        for (int i = 1; i < numbers.Length; i++)
        {
            uint value = numbers[i] >> shift & 255;
            bytes[value]++;
            pairs[(numbers[i - 1] >> shift & 255) << 8 | value]++;
        }
        Assert.InRange(ChiSquare(bytes, numbers.Length), 255 - 5 * Math.Sqrt(510), 255 + 5 * Math.Sqrt(510));
        Assert.InRange(ChiSquare(pairs, numbers.Length), Cells - 5 * Math.Sqrt(2.0 * Cells), Cells + 5 * Math.Sqrt(2.0 * Cells));
    }

    [Fact]
    public void NeighboringSeedsAndStreamsAreUnlike()
    {
        uint[] first = new uint[4096], second = new uint[4096];
        foreach ((ulong seed, ulong stream) in new[] { (1UL, 0UL), (0UL, 1UL), (1UL << 32, 0UL), (0UL, 1UL << 32) })
        {
            new Philox(0, 0).Fill(first);
            new Philox(seed, stream).Fill(second);
            int equalBits = first.Zip(second, (a, b) => 32 - System.Numerics.BitOperations.PopCount(a ^ b)).Sum();
            double bits = 32.0 * first.Length;
            Assert.InRange(equalBits, bits / 2 - 2.5 * Math.Sqrt(bits), bits / 2 + 2.5 * Math.Sqrt(bits));
        }
    }

    private static double ChiSquare(int[] counts, double total)
    {
        double expected = total / counts.Length;
        return counts.Sum(c => (c - expected) * (c - expected) / expected);
    }
}
