using System.Numerics;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>
/// Proves that the bits that ShortestDecimal keeps are enough, for every number and not only those tried: how near the
/// ends of a rounding interval can come to a multiple of a power of ten, and a number to the middle of two digits,
/// without being there.
/// </summary>
public sealed class ShortestDecimalBoundsTests
{
    [Theory]
    [InlineData(-1074, 971, 53, 2.15)]
    [InlineData(-149, 104, 24, 4.0e9)]
    public void TheEndsOfTheInterval(int smallest, int largest, int bits, double units)
    {
        // (2c ± 1) · η against whole numbers, η = 2^(q − 1) / 10^(k + 1), in units of 2^−64.
        for (int q = smallest; q <= largest; q++)
        {
            (BigInteger numerator, BigInteger denominator) = Ratio(q - 1, DecimalExponent(q) + 1);
            BigInteger limit = (BigInteger)(units * 1024) * denominator >> 74;
            BigInteger first = q == smallest ? 1 : (BigInteger.One << bits) - 1;
            BigInteger count = ((BigInteger.One << (bits + 1)) + 1 - first) / 2 + 1;
            AssertNoneNear(2 * numerator, first * numerator, denominator, limit, count);
        }
    }

    [Theory]
    [InlineData(-1074, 971, 53, -64.55)]
    [InlineData(-149, 104, 24, -32.73)]
    public void TheMiddleOfTwoDigits(int smallest, int largest, int bits, double log)
    {
        // c · 2^q / 10^k − 1/2 against whole numbers.
        for (int q = smallest; q <= largest; q++)
        {
            (BigInteger numerator, BigInteger denominator) = Ratio(q + 1, DecimalExponent(q));
            BigInteger limit = (BigInteger)(Math.Pow(2, log) * Math.Pow(2, 100)) * (2 * denominator) >> 100;
            BigInteger first = q == smallest ? 1 : BigInteger.One << (bits - 1);
            BigInteger count = (BigInteger.One << bits) - first;
            AssertNoneNear(numerator, first * numerator - denominator, 2 * denominator, limit, count);
        }
    }

    [Fact]
    public void TheSearchFindsWhatTryingFinds()
    {
        Random random = new(7);
        for (int round = 0; round < 3000; round++)
        {
            int modulus = random.Next(1, 200);
            int step = random.Next(0, 400);
            int start = random.Next(-300, 300);
            int low = random.Next(0, modulus);
            int high = random.Next(low, modulus);
            int expected = -1;
            for (int x = 0; x < modulus && expected < 0; x++)
            {
                int value = (((step * x + start) % modulus) + modulus) % modulus;
                if (value >= low && value <= high) expected = x;
            }
            Assert.Equal(expected, (int)First(step, start, modulus, low, high));
        }
    }

    // (start + step · t) mod modulus, for 0 ≤ t < count, is neither from 1 to limit nor from −limit to −1.
    private static void AssertNoneNear(BigInteger step, BigInteger start, BigInteger modulus, BigInteger limit, BigInteger count)
    {
        if (limit.IsZero) return;
        BigInteger above = First(step, start, modulus, 1, limit);
        BigInteger below = First(step, start, modulus, modulus - limit, modulus - 1);
        Assert.True(above < 0 || above >= count);
        Assert.True(below < 0 || below >= count);
    }

    // The least x ≥ 0 with low ≤ (step · x + start) mod modulus ≤ high; −1 where there is none.
    private static BigInteger First(BigInteger step, BigInteger start, BigInteger modulus, BigInteger low, BigInteger high)
    {
        BigInteger from = Modulo(low - start, modulus);
        BigInteger to = Modulo(high - start, modulus);
        step = Modulo(step, modulus);
        if (from <= to) return First(step, modulus, from, to);
        return 0;
    }

    // The same for start = 0, in the manner of Euclid's algorithm.
    private static BigInteger First(BigInteger step, BigInteger modulus, BigInteger low, BigInteger high)
    {
        if (low.IsZero) return 0;
        step = Modulo(step, modulus);
        if (step.IsZero) return -1;
        if (2 * step > modulus) (step, low, high) = (modulus - step, modulus - high, modulus - low);
        BigInteger x = (low + step - 1) / step;
        if (x * step <= high) return x;
        BigInteger turns = First(Modulo(-modulus, step), step, low % step, high % step);
        return turns < 0 ? -1 : (low + modulus * turns + step - 1) / step;
    }

    private static BigInteger Modulo(BigInteger value, BigInteger modulus)
    {
        BigInteger rest = BigInteger.Remainder(value, modulus);
        return rest.Sign < 0 ? rest + modulus : rest;
    }

    private static (BigInteger Numerator, BigInteger Denominator) Ratio(int two, int ten)
    {
        BigInteger numerator = BigInteger.Pow(2, Math.Max(two, 0)) * BigInteger.Pow(10, Math.Max(-ten, 0));
        BigInteger denominator = BigInteger.Pow(2, Math.Max(-two, 0)) * BigInteger.Pow(10, Math.Max(ten, 0));
        BigInteger common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return (numerator / common, denominator / common);
    }

    private static int DecimalExponent(int q)
    {
        int k = (int)Math.Floor(q * Math.Log10(2));
        (BigInteger numerator, BigInteger denominator) = Ratio(q, k);
        Assert.True(numerator >= denominator && numerator < 10 * denominator);
        return k;
    }
}
