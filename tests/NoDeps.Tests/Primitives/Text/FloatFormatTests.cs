using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Fixed-point text of doubles and floats, against ToString("F…").</summary>
public sealed class FloatFormatTests
{
    [Property(MaxTest = 20000)]
    public void RandomBitPatterns(DoNotSize<ulong> bits, byte decimals) =>
        Agree(BitConverter.UInt64BitsToDouble(bits.Item), decimals % 41);

    [Property(MaxTest = 20000)]
    public void OrdinaryMagnitudes(DoNotSize<ulong> bits, byte exponent, byte decimals)
    {
        // Exponents from 2^-70 to 2^57, on both sides of where the short form ends.
        ulong biased = 1023 - 70 + (ulong)(exponent & 127);
        ulong pattern = (bits.Item & 0x800FFFFFFFFFFFFF) | (biased << 52);
        Agree(BitConverter.UInt64BitsToDouble(pattern), decimals % 41);
    }

    [Property(MaxTest = 10000)]
    public void RandomFloats(DoNotSize<uint> bits, byte decimals)
    {
        float value = BitConverter.UInt32BitsToSingle(bits.Item);
        string expected = value.ToString("F" + decimals % 41, CultureInfo.InvariantCulture);
        Assert.Equal(expected, Fixed(value, decimals % 41));
    }

    [Property(MaxTest = 10000)]
    public void TiesAndTheirNeighbors(int numerator, byte bits, byte decimals)
    {
        // A numerator over a power of two ends in ...5: a tie wherever the decimals stop one short of its end.
        double value = numerator / (double)(1UL << (bits % 20));
        Agree(value, decimals % 22);
        Agree(Math.BitIncrement(value), decimals % 22);
        Agree(Math.BitDecrement(value), decimals % 22);
    }

    [Property(MaxTest = 300)]
    public void UpToElevenHundredDecimals(DoNotSize<ulong> bits, DoNotSize<ushort> decimals) =>
        Agree(BitConverter.UInt64BitsToDouble(bits.Item), decimals.Item % 1101);

    [Fact]
    public void TheEndsOfTheRange()
    {
        double[] values =
        [
            0.0, -0.0, double.Epsilon, -double.Epsilon, BitConverter.UInt64BitsToDouble(0x000FFFFFFFFFFFFF),
            BitConverter.UInt64BitsToDouble(0x0010000000000000), double.MaxValue, double.MinValue,
            double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity,
            1, -1, 0.1, 0.5, 1.5, 2.5, 0.05, 0.25, 9.5, 99.5, 0.95,
            9.9999999999999, 999999.5, 1e15, 1e16, 1e19, 1e20, 1e21, 1e22, 1e23, 1.8446744073709552e19,
            9007199254740991, 9007199254740992, 9007199254740993, 4503599627370495.5, 4503599627370494.5,
            0.000244140625, 0.0001220703125, 5.421010862427522e-20, 2.7105054312137611e-20,
        ];
        foreach (double value in values)
        {
            for (int decimals = 0; decimals <= 30; decimals++) Agree(value, decimals);
            int[] many = [50, 100, 323, 324, 325, 766, 767, 768, 1073, 1074, 1075, 1100];
            foreach (int decimals in many) Agree(value, decimals);
        }
    }

    [Property(MaxTest = 2000)]
    public void EveryRoomThatIsTooSmallIsRefused(DoNotSize<ulong> bits, byte decimals, ushort room)
    {
        double value = BitConverter.UInt64BitsToDouble(bits.Item);
        string expected = value.ToString("F" + decimals % 41, CultureInfo.InvariantCulture);
        foreach (int size in new[] { expected.Length - 1, expected.Length, room % (expected.Length + 1) })
        {
            byte[] guarded = new byte[size + 8];
            int length = FloatFormat.Fixed(guarded.AsSpan(4, size), value, decimals % 41);
            Assert.Equal(size < expected.Length ? 0 : expected.Length, length);
            Assert.Equal(new byte[4], guarded[..4]);
            Assert.Equal(new byte[4], guarded[^4..]);
        }
    }

    [Theory]
    [InlineData(9.99, 1)]
    [InlineData(0.9999999999999999, 15)]
    [InlineData(99.99999999999999, 0)]
    public void ANumberThatGrowsByRoundingNeedsRoomForItsNewDigit(double value, int decimals)
    {
        string expected = value.ToString("F" + decimals, CultureInfo.InvariantCulture);
        Assert.Equal(0, FloatFormat.Fixed(new byte[expected.Length - 1], value, decimals));
        Assert.Equal(expected.Length, FloatFormat.Fixed(new byte[expected.Length], value, decimals));
    }

    private static void Agree(double value, int decimals) =>
        Assert.Equal(value.ToString("F" + decimals, CultureInfo.InvariantCulture), Fixed(value, decimals));

    private static string Fixed(double value, int decimals)
    {
        byte[] buffer = new byte[FloatFormat.MaxIntegerLength + 2 + decimals];
        return Encoding.ASCII.GetString(buffer, 0, FloatFormat.Fixed(buffer, value, decimals));
    }
}
