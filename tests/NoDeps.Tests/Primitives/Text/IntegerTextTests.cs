using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Integers to text and back, against the BCL.</summary>
public sealed class IntegerTextTests
{
    [Property(MaxTest = 5000)]
    public void SignedIsToString(DoNotSize<long> wide, int narrow, byte shift)
    {
        Signed(wide.Item);
        Signed(wide.Item >> (shift & 63));
        Signed(narrow);
    }

    [Property(MaxTest = 5000)]
    public void UnsignedIsToString(DoNotSize<ulong> wide, byte shift)
    {
        Unsigned(wide.Item);
        Unsigned(wide.Item >> (shift & 63));
    }

    [Property(MaxTest = 5000)]
    public void HexIsToString(DoNotSize<ulong> wide, byte shift, byte digits)
    {
        ulong value = wide.Item >> (shift & 63);
        byte[] buffer = new byte[32];
        int length = IntegerFormat.Hex(buffer, value, digits & 31);
        Assert.Equal(value.ToString("x" + (digits & 31)), Encoding.ASCII.GetString(buffer, 0, length));
    }

    [Fact]
    public void PowersOfTenAndTheEndsOfTheRanges()
    {
        for (ulong power = 1; power <= 1000000000000000000; power *= 10)
        {
            Signed((long)power);
            Signed(-(long)power);
            Unsigned(power - 1);
            Unsigned(10 * power);
        }
        Signed(long.MinValue);
        Signed(long.MaxValue);
        Unsigned(ulong.MaxValue);
    }

    [Property(MaxTest = 2000)]
    public void WhatDoesNotFitWritesNothing(DoNotSize<long> wide, byte shift, byte room)
    {
        long value = wide.Item >> (shift & 63);
        string text = value.ToString(CultureInfo.InvariantCulture);
        byte[] buffer = new byte[room % 24];
        int length = IntegerFormat.Signed(buffer, value);
        Assert.Equal(text.Length <= buffer.Length ? text.Length : 0, length);
        string hex = value.ToString("x");
        Assert.Equal(hex.Length <= buffer.Length ? hex.Length : 0, IntegerFormat.Hex(buffer, (ulong)value, 0));
    }

    [Property(MaxTest = 5000)]
    public void WhatIsWrittenIsRead(DoNotSize<long> wide, byte shift, byte next)
    {
        long value = wide.Item >> (shift & 63);
        char stop = (char)(next is >= (byte)'0' and <= (byte)'9' ? (byte)' ' : next);
        string text = value.ToString(CultureInfo.InvariantCulture);
        Assert.True(IntegerParse.Signed(Encoding.Latin1.GetBytes(text + stop), out long signed, out int consumed));
        Assert.Equal((value, text.Length), (signed, consumed));

        text = ((ulong)value).ToString(CultureInfo.InvariantCulture);
        Assert.True(IntegerParse.Unsigned(Encoding.Latin1.GetBytes(text + stop), out ulong unsigned, out consumed));
        Assert.Equal(((ulong)value, text.Length), (unsigned, consumed));

        text = value.ToString("X");
        Assert.True(IntegerParse.Hex(Encoding.ASCII.GetBytes(text + "g"), out ulong hex, out consumed));
        Assert.Equal(((ulong)value, text.Length), (hex, consumed));
    }

    [Property(MaxTest = 5000)]
    public void LongTextsAreReadOrRejectedAsBigIntegerSays(
        DoNotSize<ulong> value, sbyte offset, byte zeros, bool negative)
    {
        // Around 2^63 and 2^64, where the ranges end, and anywhere else.
        foreach (BigInteger middle in new[] { value.Item, BigInteger.One << 63, BigInteger.One << 64 })
        {
            BigInteger number = BigInteger.Max(0, middle + offset);
            string digits = new string('0', zeros % 5) + number.ToString(CultureInfo.InvariantCulture);
            bool fits = IntegerParse.Unsigned(Encoding.ASCII.GetBytes(digits), out ulong unsigned, out int consumed);
            Assert.Equal(digits.Length, consumed);
            Assert.Equal(number <= ulong.MaxValue, fits);
            Assert.Equal(fits ? number : 0, unsigned);

            BigInteger withSign = negative ? -number : number;
            string text = (negative ? "-" : "+") + digits;
            fits = IntegerParse.Signed(Encoding.ASCII.GetBytes(text), out long signed, out consumed);
            Assert.Equal(text.Length, consumed);
            Assert.Equal(withSign >= long.MinValue && withSign <= long.MaxValue, fits);
            Assert.Equal(fits ? withSign : 0, signed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData(" 1")]
    [InlineData("--1")]
    [InlineData("x")]
    public void WithoutDigitsThereIsNoNumber(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.False(IntegerParse.Signed(bytes, out long signed, out int consumed));
        Assert.Equal((0, 0), (signed, consumed));
        Assert.False(IntegerParse.Unsigned(bytes, out _, out consumed));
        Assert.Equal(0, consumed);
        Assert.False(IntegerParse.Hex(bytes, out _, out consumed));
        Assert.Equal(0, consumed);
    }

    [Fact]
    public void SeventeenHexadecimalDigitsDoNotFitUnlessTheFirstIsZero()
    {
        Assert.True(IntegerParse.Hex("0ffffffffffffffff"u8, out ulong value, out int consumed));
        Assert.Equal((ulong.MaxValue, 17), (value, consumed));
        Assert.False(IntegerParse.Hex("10000000000000000"u8, out value, out consumed));
        Assert.Equal((0UL, 17), (value, consumed));
    }

    private static void Signed(long value)
    {
        byte[] buffer = new byte[IntegerFormat.MaxDecimalLength];
        int length = IntegerFormat.Signed(buffer, value);
        Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(buffer, 0, length));
    }

    private static void Unsigned(ulong value)
    {
        byte[] buffer = new byte[IntegerFormat.MaxDecimalLength];
        int length = IntegerFormat.Unsigned(buffer, value);
        Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(buffer, 0, length));
        Assert.Equal(length, IntegerFormat.DecimalDigits(value));
    }
}
