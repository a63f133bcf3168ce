using System.Numerics;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>The table of the powers of ten, against BigInteger.</summary>
public sealed class PowersOfTenTests
{
    [Fact]
    public void EveryEntryIsThePowersFirst128Bits()
    {
        for (int q = PowersOfTen.MinExponent; q <= PowersOfTen.MaxExponent; q++)
        {
            BigInteger t = ((BigInteger)PowersOfTen.High(q) << 64) | PowersOfTen.Low(q);
            Assert.Equal(128, (int)t.GetBitLength());
            Assert.NotEqual(ulong.MaxValue, PowersOfTen.Low(q));

            // t · 2^(e − 127) ≤ 10^q < (t + 1) · 2^(e − 127), both sides multiplied until they are integers.
            int shift = PowersOfTen.BinaryExponent(q) - 127;
            BigInteger power = BigInteger.Pow(10, Math.Max(q, 0)) << Math.Max(-shift, 0);
            BigInteger unit = BigInteger.Pow(10, Math.Max(-q, 0)) << Math.Max(shift, 0);
            Assert.True(t * unit <= power && power < (t + 1) * unit, $"10^{q}");
            Assert.Equal(q >= 0 && q <= PowersOfTen.MaxExact, t * unit == power);
        }
    }

    [Fact]
    public void TheBinaryExponentHoldsAsFarAsItSays()
    {
        BigInteger power = 1;
        for (int q = 0; q <= 642; q++, power *= 10)
        {
            int bits = (int)power.GetBitLength() - 1;
            Assert.Equal(bits, PowersOfTen.BinaryExponent(q));
            if (q > 0) Assert.Equal(-bits - 1, PowersOfTen.BinaryExponent(-q));
        }
    }
}
