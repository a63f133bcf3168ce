using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Scientific, general and fixed text of doubles, both forms, against ToString("E…"), ("G…") and ("F…").</summary>
public sealed class FloatPrecisionTests
{
    [Property(MaxTest = 5000)]
    public void RandomBitPatterns(DoNotSize<ulong> bits, byte digits) =>
        Agree(BitConverter.UInt64BitsToDouble(bits.Item), digits % 26);

    [Property(MaxTest = 5000)]
    public void OrdinaryMagnitudes(DoNotSize<ulong> bits, byte exponent, byte digits)
    {
        ulong biased = 1023 - 70 + (ulong)(exponent & 127);
        Agree(BitConverter.UInt64BitsToDouble((bits.Item & 0x800FFFFFFFFFFFFF) | (biased << 52)), digits % 22);
    }

    [Property(MaxTest = 4000)]
    public void TiesAndTheirNeighbors(int numerator, byte bits, byte digits)
    {
        double value = numerator / (double)(1UL << (bits % 20));
        Agree(value, digits % 12);
        Agree(Math.BitIncrement(value), digits % 12);
        Agree(Math.BitDecrement(value), digits % 12);
    }

    [Property(MaxTest = 4000)]
    public void TiesOfLargeIntegers(int number, byte zeros, byte digits) =>
        Agree((10.0 * number + 5) * Math.Pow(10, zeros % 13), digits % 12);

    [Property(MaxTest = 4000)]
    public void TiesByTheirDigits(DoNotSize<ulong> number, byte shift, byte fives)
    {
        // n · 5^j / 2^i ends in 5, and its digits without the last are a tie.
        double value = (number.Item >> (12 + shift % 50)) * Math.Pow(5, fives % 20);
        for (int i = 0; i < 12; i++, value /= 2)
        {
            string digits = value.ToString("E40", CultureInfo.InvariantCulture);
            int count = digits[..digits.IndexOf('E')].TrimEnd('0').Length - 3;
            if (count >= 0 && count < 26) Agree(value, count);
        }
    }

    [Fact]
    public void TheEndsOfTheRange()
    {
        double[] values =
        [
            0.0, -0.0, double.Epsilon, -double.Epsilon, BitConverter.UInt64BitsToDouble(0x000FFFFFFFFFFFFF),
            BitConverter.UInt64BitsToDouble(0x0010000000000000), double.MaxValue, double.MinValue,
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1, -1, 0.1, 0.5, 1.5, 2.5, 5, 15, 25, 35, 0.05, 0.25,
            9.5, 95, 99.5, 995, 0.95, 9.9999999999999, 999999.5, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23,
            9007199254740991, 9007199254740992, 4503599627370495.5, 0.0001, 0.00001, 0.00009999999999, 1e-5, 1.8446744073709552e19,
            9223372036854775808, 9223372036854774784, 4611686018427387904, 99999999999999984, 999999999999999872,
        ];
        foreach (double value in values)
        {
            for (int digits = 0; digits <= 40; digits++) Agree(value, digits);
            foreach (int digits in new[] { 100, 308, 309, 766, 767, 768, 900 }) Agree(value, digits);
        }
    }

    [Fact]
    public void PowersOfTenAndTheirNeighbors()
    {
        for (int exponent = -323; exponent <= 308; exponent++)
        {
            double value = double.Parse("1e" + exponent, CultureInfo.InvariantCulture);
            for (int digits = 0; digits < 20; digits += 3)
            {
                Agree(value, digits);
                Agree(Math.BitIncrement(value), digits);
                Agree(Math.BitDecrement(value), digits);
            }
        }
    }

    [Property(MaxTest = 1000)]
    public void EveryRoomThatIsTooSmallIsRefused(DoNotSize<ulong> bits, byte digits, byte room)
    {
        double value = BitConverter.UInt64BitsToDouble(bits.Item);
        int places = digits % 26;
        Refuse(value.ToString("E" + places, CultureInfo.InvariantCulture), room, s => FloatFormat.Scientific(s, value, places));
        Refuse(value.ToString("E" + places, CultureInfo.InvariantCulture), room, s => FloatFormatScalar.Scientific(s, value, places));
        Refuse(value.ToString("F" + places, CultureInfo.InvariantCulture), room, s => FloatFormatScalar.Fixed(s, value, places));
        Refuse(value.ToString("G" + (places + 1), CultureInfo.InvariantCulture), room, s => FloatFormat.General(s, value, places + 1));
    }

    private delegate int Writer(Span<byte> destination);

    private static void Refuse(string text, int room, Writer write)
    {
        foreach (int size in new[] { text.Length - 1, text.Length, room % (text.Length + 1) })
        {
            byte[] guarded = new byte[size + 8];
            Assert.Equal(size < text.Length ? 0 : text.Length, write(guarded.AsSpan(4, size)));
            Assert.Equal(new byte[4], guarded[..4]);
            Assert.Equal(new byte[4], guarded[^4..]);
        }
    }

    private static void Agree(double value, int digits)
    {
        byte[] buffer = new byte[FloatFormat.MaxIntegerLength + 20 + digits];
        string Text(int length) => Encoding.ASCII.GetString(buffer, 0, length);
        string scientific = value.ToString("E" + digits, CultureInfo.InvariantCulture);
        Assert.Equal(scientific, Text(FloatFormat.Scientific(buffer, value, digits)));
        Assert.Equal(scientific, Text(FloatFormatScalar.Scientific(buffer, value, digits)));
        string fixedPoint = value.ToString("F" + digits, CultureInfo.InvariantCulture);
        Assert.Equal(fixedPoint, Text(FloatFormat.Fixed(buffer, value, digits)));
        Assert.Equal(fixedPoint, Text(FloatFormatScalar.Fixed(buffer, value, digits)));
        if (digits == 0) return;
        string general = value.ToString("G" + digits, CultureInfo.InvariantCulture);
        Assert.Equal(general, Text(FloatFormat.General(buffer, value, digits)));
        Assert.Equal(general, Text(FloatFormatScalar.General(buffer, value, digits)));
    }
}
