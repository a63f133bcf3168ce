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
        length = IntegerFormatScalar.Hex(buffer, value, digits & 31);
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

    [Property(MaxTest = 5000)]
    public void NothingIsWrittenBeyondTheTextNorWhereItDoesNotFit(DoNotSize<long> wide, byte shift, byte room, byte digits)
    {
        long value = wide.Item >> (shift & 63);
        string signed = value.ToString(CultureInfo.InvariantCulture);
        string unsigned = ((ulong)value).ToString(CultureInfo.InvariantCulture);
        string hex = value.ToString("x" + digits % 24);
        room %= 24;
        Written(signed, room, buffer => IntegerFormat.Signed(buffer, value));
        Written(signed, room, buffer => IntegerFormatScalar.Signed(buffer, value));
        Written(unsigned, room, buffer => IntegerFormat.Unsigned(buffer, (ulong)value));
        Written(unsigned, room, buffer => IntegerFormatScalar.Unsigned(buffer, (ulong)value));
        Written(hex, room, buffer => IntegerFormat.Hex(buffer, (ulong)value, digits % 24));
        Written(hex, room, buffer => IntegerFormatScalar.Hex(buffer, (ulong)value, digits % 24));
    }

    [Fact]
    public void EveryNumberOfFewDigits()
    {
        for (uint value = 0; value < 200000; value++)
        {
            Unsigned(value);
            uint spread = value * 21475;
            Unsigned(spread);
        }
    }

    [Property(MaxTest = 20000)]
    public void EightDigitsAreAWord(DoNotSize<uint> number, byte count, DoNotSize<ulong> bytes)
    {
        uint value = number.Item % 100000000;
        string text = value.ToString("D8", CultureInfo.InvariantCulture);
        ulong word = BitConverter.ToUInt64(Encoding.ASCII.GetBytes(text));
        Assert.Equal(word, EightDigits.Text(value));
        Assert.Equal(value, EightDigits.Value(word));
        int few = count % 8;
        Assert.Equal(few == 0 ? 0 : uint.Parse(text[..few], CultureInfo.InvariantCulture), EightDigits.Value(word, few));

        // Digits, then any bytes: where the digits end, and the same for hexadecimal.
        int cut = count >> 3 & 7;
        ulong mixed = cut == 0 ? bytes.Item : (bytes.Item << (8 * cut)) | (word & ((1UL << (8 * cut)) - 1));
        string latin = Encoding.Latin1.GetString(BitConverter.GetBytes(mixed));
        Assert.Equal(latin.TakeWhile(char.IsAsciiDigit).Count(), EightDigits.Count(mixed));
        Assert.Equal(latin.TakeWhile(char.IsAsciiHexDigit).Count(), EightHexDigits.Count(mixed));
    }

    [Fact]
    public void EveryByteIsADigitOrNot()
    {
        for (int c = 0; c < 256; c++)
        {
            for (int at = 0; at < 8; at++)
            {
                ulong word = (0x3030303030303030 & ~(0xFFUL << (8 * at))) | (ulong)c << (8 * at);
                Assert.Equal(char.IsAsciiDigit((char)c) ? 8 : at, EightDigits.Count(word));
                Assert.Equal(char.IsAsciiHexDigit((char)c) ? 8 : at, EightHexDigits.Count(word));
            }
        }
    }

    [Property(MaxTest = 5000)]
    public void AnyTextIsReadAsDigitByDigit(byte[] bytes, NonNull<string> text, DoNotSize<ulong> number, byte cut)
    {
        byte[] digits = [.. text.Get.Select(c => (byte)"0123456789abcdefABCDEF+-"[c % 24])];
        byte[] decimals = [.. text.Get.Select(c => (byte)"0000123456789-"[c % 14])];
        byte[] numeral = Encoding.ASCII.GetBytes(number.Item.ToString(CultureInfo.InvariantCulture) + "0123456789");
        using var memory = new GuardedMemory();
        foreach (byte[] input in new[] { bytes, digits, decimals, numeral[..(cut % (numeral.Length + 1))] })
        {
            int length = Math.Min(input.Length, memory.Size);
            Span<byte> place = memory.Bytes[^length..];
            input.AsSpan(0, length).CopyTo(place);
            SameAsDigitByDigit(place);
            input.AsSpan(0, length).CopyTo(memory.Bytes);
            SameAsDigitByDigit(memory.Bytes[..length]);
            SameAsDigitByDigit(input);
        }
    }

    [Property(MaxTest = 5000)]
    public void ThirtyTwoBitsAreReadInTheirRange(int value, DoNotSize<long> wide, sbyte offset)
    {
        long near = offset;
        foreach (long number in new[] { value, wide.Item, int.MinValue + near, int.MaxValue + near, uint.MaxValue + near })
        {
            byte[] text = Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
            bool fits = number == (int)number;
            Assert.Equal(fits, IntegerParse.Signed(text, out int signed, out int consumed));
            Assert.Equal((fits ? number : 0, text.Length), (signed, consumed));
            if (number < 0) continue;
            fits = number <= uint.MaxValue;
            Assert.Equal(fits, IntegerParse.Unsigned(text, out uint unsigned, out consumed));
            Assert.Equal((fits ? number : 0, text.Length), (unsigned, consumed));
        }
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
        Assert.False(IntegerParse.Unsigned(bytes, out ulong _, out consumed));
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

    private static void Written(string text, int room, Func<byte[], int> format)
    {
        byte[] buffer = Enumerable.Repeat((byte)0xEE, room).ToArray();
        int length = format(buffer);
        Assert.Equal(text.Length <= room ? text.Length : 0, length);
        Assert.Equal(text[..length], Encoding.ASCII.GetString(buffer, 0, length));
        Assert.All(buffer.Skip(length), b => Assert.Equal(0xEE, b));
    }

    private static void SameAsDigitByDigit(ReadOnlySpan<byte> text)
    {
        bool good = IntegerParseScalar.Unsigned(text, out ulong expected, out int length);
        Assert.Equal(good, IntegerParse.Unsigned(text, out ulong value, out int consumed));
        Assert.Equal((expected, length), (value, consumed));
        good = IntegerParseScalar.Signed(text, out long expectedSigned, out length);
        Assert.Equal(good, IntegerParse.Signed(text, out long signed, out consumed));
        Assert.Equal((expectedSigned, length), (signed, consumed));
        good = IntegerParseScalar.Hex(text, out expected, out length);
        Assert.Equal(good, IntegerParse.Hex(text, out value, out consumed));
        Assert.Equal((expected, length), (value, consumed));
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
        Assert.Equal(length, IntegerFormatScalar.DecimalDigits(value));
        Assert.Equal(length, IntegerFormatScalar.Unsigned(buffer, value));
        Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(buffer, 0, length));
    }
}
