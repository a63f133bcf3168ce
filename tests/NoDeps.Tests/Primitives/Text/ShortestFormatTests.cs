using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>
/// The shortest text of doubles and floats: the fast form against the exact one, and both against ToString("R").
/// </summary>
public sealed class ShortestFormatTests
{
    // The only doubles known for which .NET 10 gives a text one digit shorter, which reads back as another number: two
    // powers of two, whose lower neighbor is nearer than it takes it to be.
    private static readonly double[] WrongInDotnet = [Math.ScaleB(1, -25), Math.ScaleB(1, -958)];

    [Property(MaxTest = 20000)]
    public void RandomBitPatterns(DoNotSize<ulong> bits) => Agree(BitConverter.UInt64BitsToDouble(bits.Item));

    [Property(MaxTest = 20000)]
    public void RandomBitPatternsOfFloats(DoNotSize<uint> bits) => Agree(BitConverter.UInt32BitsToSingle(bits.Item));

    [Property(MaxTest = 20000)]
    public void ShortDecimals(DoNotSize<long> digits, byte drop, sbyte exponent)
    {
        // An integer of 1 to 19 digits times a power of ten.
        decimal significand = Math.Truncate(digits.Item / (decimal)Math.Pow(10, drop % 19));
        string text = significand.ToString(CultureInfo.InvariantCulture) + "e" + (exponent % 40);
        Agree(double.Parse(text, CultureInfo.InvariantCulture));
        Agree(float.Parse(text, CultureInfo.InvariantCulture));
    }

    [Property(MaxTest = 10000)]
    public void IntegersAndTheirNeighbors(DoNotSize<ulong> integer, byte shift)
    {
        double value = integer.Item >> (shift % 64);
        Agree(value);
        Agree(Math.BitIncrement(value));
        Agree(Math.BitDecrement(value));
    }

    [Property(MaxTest = 1000)]
    public void TheExactFormsAgree(DoNotSize<ulong> bits)
    {
        AgreeExactly(BitConverter.UInt64BitsToDouble(bits.Item));
        AgreeExactly(BitConverter.UInt32BitsToSingle((uint)bits.Item));
    }

    [Fact]
    public void EveryPowerOfTwoAndItsNeighbors()
    {
        for (ulong biased = 0; biased <= 0x7FF; biased++)
        {
            for (int step = -2; step <= 2; step++)
                AgreeExactly(BitConverter.UInt64BitsToDouble((biased << 52) + (ulong)step));
        }
        for (uint biased = 0; biased <= 0xFF; biased++)
        {
            for (int step = -2; step <= 2; step++)
                AgreeExactly(BitConverter.UInt32BitsToSingle((biased << 23) + (uint)step));
        }
        for (int bit = 0; bit < 52; bit++) AgreeExactly(BitConverter.UInt64BitsToDouble(1UL << bit));
        for (int bit = 0; bit < 23; bit++) AgreeExactly(BitConverter.UInt32BitsToSingle(1U << bit));
    }

    [Fact]
    public void EveryPowerOfTenAndItsNeighbors()
    {
        for (int exponent = -326; exponent <= 309; exponent++)
        {
            double value = double.Parse("1e" + exponent, CultureInfo.InvariantCulture);
            for (int step = -3; step <= 3; step++)
                AgreeExactly(BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(value) + (ulong)step));
            float single = float.Parse("1e" + exponent, CultureInfo.InvariantCulture);
            for (int step = -3; step <= 3; step++)
                AgreeExactly(BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(single) + (uint)step));
        }
    }

    [Fact]
    public void FloatsAtEqualDistances()
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += 7919) Agree(BitConverter.UInt32BitsToSingle((uint)bits));
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1E-05")]
    [InlineData(12345678901234568.0, "12345678901234568")]
    [InlineData(1e16, "10000000000000000")]
    [InlineData(1e17, "1E+17")]
    [InlineData(1e23, "1E+23")]
    [InlineData(9007199254740993.0, "9007199254740992")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(-2.2250738585072014E-308, "-2.2250738585072014E-308")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157E+308")]
    [InlineData(2.98023223876953125e-8, "2.9802322387695312E-08")]
    [InlineData(9.5367431640625e-7, "9.5367431640625E-07")]
    [InlineData(4.4501477170144023e-308, "4.4501477170144023E-308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Spelling(double value, string text) => Assert.Equal(text, Shortest(value));

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(-0f, "-0")]
    [InlineData(0.3f, "0.3")]
    [InlineData(16777216f, "16777216")]
    [InlineData(123456789f, "123456790")]
    [InlineData(1e9f, "1E+09")]
    [InlineData(1e-45f, "1E-45")]
    [InlineData(-1.17549435E-38f, "-1.1754944E-38")]
    [InlineData(3.4028235e38f, "3.4028235E+38")]
    [InlineData(8.5899346e9f, "8.589935E+09")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void SpellingOfFloats(float value, string text) => Assert.Equal(text, Shortest(value));

    [Fact]
    public void WhereDotnetDoesNotReadBackOursDoes()
    {
        foreach (double value in WrongInDotnet)
        {
            string theirs = value.ToString("R", CultureInfo.InvariantCulture);
            Assert.NotEqual(value, double.Parse(theirs, CultureInfo.InvariantCulture));
            Assert.Equal(value, double.Parse(Shortest(value), CultureInfo.InvariantCulture));
        }
    }

    [Property(MaxTest = 2000)]
    public void EveryRoomThatIsTooSmallIsRefused(DoNotSize<ulong> bits, byte room)
    {
        double value = BitConverter.UInt64BitsToDouble(bits.Item);
        float single = BitConverter.UInt32BitsToSingle((uint)bits.Item);
        int length = Shortest(value).Length;
        int singleLength = Shortest(single).Length;
        foreach (int size in new[] { length - 1, length, room % 64 })
        {
            byte[] guarded = new byte[size + 16];
            int written = FloatFormat.Shortest(guarded.AsSpan(8, size), value);
            Assert.Equal(size < length ? 0 : length, written);
            Assert.Equal(new byte[8], guarded[..8]);
            Assert.Equal(new byte[8], guarded[^8..]);
            guarded.AsSpan().Clear();
            written = FloatFormat.Shortest(guarded.AsSpan(8, size), single);
            Assert.Equal(size < singleLength ? 0 : singleLength, written);
            Assert.Equal(new byte[8], guarded[..8]);
            Assert.Equal(new byte[8], guarded[^8..]);
            guarded.AsSpan().Clear();
            Assert.Equal(size < length ? 0 : length, FloatFormatScalar.Shortest(guarded.AsSpan(8, size), value));
            Assert.Equal(new byte[8], guarded[..8]);
            Assert.Equal(new byte[8], guarded[^8..]);
        }
    }

    private static void Agree(double value)
    {
        string ours = Shortest(value);
        if (Array.IndexOf(WrongInDotnet, Math.Abs(value)) < 0)
            Assert.Equal(value.ToString("R", CultureInfo.InvariantCulture), ours);
        Assert.True(ours.Length <= FloatFormat.MaxShortestLength);
    }

    private static void Agree(float value)
    {
        Assert.Equal(value.ToString("R", CultureInfo.InvariantCulture), Shortest(value));
    }

    private static void AgreeExactly(double value)
    {
        Agree(value);
        byte[] buffer = new byte[FloatFormat.MaxShortestLength];
        int length = FloatFormatScalar.Shortest(buffer, value);
        Assert.Equal(Shortest(value), Encoding.ASCII.GetString(buffer, 0, length));
        if (!double.IsNaN(value))
            Assert.Equal(value, double.Parse(buffer.AsSpan(0, length), CultureInfo.InvariantCulture));
    }

    private static void AgreeExactly(float value)
    {
        Agree(value);
        byte[] buffer = new byte[FloatFormat.MaxShortestLength];
        int length = FloatFormatScalar.Shortest(buffer, value);
        Assert.Equal(Shortest(value), Encoding.ASCII.GetString(buffer, 0, length));
        if (!float.IsNaN(value))
            Assert.Equal(value, float.Parse(buffer.AsSpan(0, length), CultureInfo.InvariantCulture));
    }

    private static string Shortest(double value)
    {
        byte[] buffer = new byte[FloatFormat.FastPathLength];
        return Encoding.ASCII.GetString(buffer, 0, FloatFormat.Shortest(buffer, value));
    }

    private static string Shortest(float value)
    {
        byte[] buffer = new byte[FloatFormat.FastPathLength];
        return Encoding.ASCII.GetString(buffer, 0, FloatFormat.Shortest(buffer, value));
    }
}
