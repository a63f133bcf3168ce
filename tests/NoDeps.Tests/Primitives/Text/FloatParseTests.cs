using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Decimal text to double and float, against double.Parse and float.Parse.</summary>
public sealed class FloatParseTests
{
    [Property(MaxTest = 10000)]
    public void RoundTripsOfRandomBitPatterns(DoNotSize<ulong> bits, byte digits)
    {
        double value = BitConverter.UInt64BitsToDouble(bits.Item);
        float single = BitConverter.UInt32BitsToSingle((uint)bits.Item);
        if (double.IsFinite(value))
        {
            string text = value.ToString("R", CultureInfo.InvariantCulture);
            Assert.Equal(bits.Item, BitConverter.DoubleToUInt64Bits(ParseDouble(text)));
            Agree(text);
            Agree(value.ToString("E" + digits % 30, CultureInfo.InvariantCulture));
        }
        if (float.IsFinite(single))
        {
            string text = single.ToString("R", CultureInfo.InvariantCulture);
            Assert.Equal((uint)bits.Item, BitConverter.SingleToUInt32Bits(ParseSingle(text)));
            Agree(text);
        }
    }

    [Property(MaxTest = 10000)]
    public void RandomDigitsAndExponents(
        DoNotSize<ulong> digits, DoNotSize<ulong> more, byte shift, DoNotSize<ushort> exponent, byte form,
        byte point)
    {
        string text = (digits.Item >> (shift & 63)).ToString(CultureInfo.InvariantCulture);
        if ((form & 1) != 0) text += more.Item.ToString(CultureInfo.InvariantCulture);
        if ((form & 2) != 0) text = text.Insert(point % (text.Length + 1), ".");
        if ((form & 4) != 0) text = "-" + text;
        else if ((form & 8) != 0) text = "+000" + text;
        if ((form & 16) != 0) text += ((form & 32) != 0 ? "e" : "E+") + exponent.Item % 30;
        else if ((form & 64) != 0) text += "e" + (exponent.Item % 800 - 400);
        Agree(text);
    }

    [Property(MaxTest = 2000)]
    public void MiddlesBetweenDoublesAndWhatLiesBesideThem(DoNotSize<ulong> bits, byte zeros)
    {
        ulong pattern = bits.Item & 0x7FFFFFFFFFFFFFFF;
        if (pattern >> 52 == 0x7FF) pattern ^= 1UL << 62;
        int biased = (int)(pattern >> 52);
        ulong significand = (pattern & ((1UL << 52) - 1)) | (biased == 0 ? 0 : 1UL << 52);
        AroundTheMiddle(significand, Math.Max(biased, 1) - 1075, zeros);
    }

    [Property(MaxTest = 2000)]
    public void MiddlesBetweenFloatsAndWhatLiesBesideThem(DoNotSize<uint> bits, byte zeros)
    {
        uint pattern = bits.Item & 0x7FFFFFFF;
        if (pattern >> 23 == 0xFF) pattern ^= 1u << 30;
        int biased = (int)(pattern >> 23);
        uint significand = (pattern & ((1u << 23) - 1)) | (biased == 0 ? 0 : 1u << 23);
        AroundTheMiddle(significand, Math.Max(biased, 1) - 150, zeros);
    }

    [Property(MaxTest = 300)]
    public void HundredsOfDigits(
        DoNotSize<ulong> seed, DoNotSize<ushort> length, DoNotSize<ushort> exponent, byte point)
    {
        var random = new System.Random((int)seed.Item);
        var text = new StringBuilder("0");
        for (int i = 0; i < length.Item % 1200; i++) text.Append((char)('0' + random.Next(10)));
        text.Insert(point % (text.Length + 1), '.');
        Agree(text + "e" + (exponent.Item % 2400 - 1200));
    }

    [Theory]
    [InlineData("0"), InlineData("-0"), InlineData("0.0e999999999999999999999"), InlineData("-0.000e-5")]
    [InlineData("1e400"), InlineData("-1e400"), InlineData("1e-400"), InlineData("-1e-400")]
    [InlineData("1e99999999999999999999"), InlineData("1e-99999999999999999999")]
    [InlineData("1.7976931348623157e308"), InlineData("1.7976931348623158e308"), InlineData("1.7976931348623159e308")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("2.4703282292062327e-324"), InlineData("2.4703282292062328e-324")]
    [InlineData("2.2250738585072011e-308"), InlineData("2.2250738585072014e-308"), InlineData("2.225073858507201e-308")]
    [InlineData("3.4028235e38"), InlineData("3.4028236e38"), InlineData("3.40282356779733661637539e38")]
    [InlineData("3.40282356779733661637540e38"), InlineData("1.4e-45"), InlineData("7.006492321624085e-46")]
    [InlineData("7.006492321624086e-46"), InlineData("1.1754942e-38"), InlineData("1.17549435e-38")]
    [InlineData("9007199254740993"), InlineData("9007199254740992.9999999999999"), InlineData("16777217")]
    [InlineData("9007199254740993.00000000000000000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("16777217.0000001"), InlineData("16777216.9999999")]
    [InlineData("1.00000017881393421514957253748434595763683319091796875001")]
    [InlineData("1."), InlineData(".5"), InlineData("5.e3"), InlineData(".5E-3"), InlineData("1e22")]
    [InlineData("1e23")]
    [InlineData("123456789012345678"), InlineData("12345678901234567890"), InlineData("99999999999999999999e-20")]
    [InlineData("100000000000000000000000000000000000000000000000000")]
    [InlineData("0.00000000000000000000000000000001")]
    public void HardCases(string text) => Agree(text);

    [Fact]
    public void MiddlesAtTheEndsOfTheRanges()
    {
        ulong[] significands = [0, 1, 2, (1UL << 52) - 2, (1UL << 52) - 1, 1UL << 52, (1UL << 53) - 2, (1UL << 53) - 1];
        foreach (ulong significand in significands)
        {
            foreach (int exponent in new[] { -1074, -1073, -149, 0, 971 })
            {
                foreach (int zeros in new[] { 0, 40, 1000 }) AroundTheMiddle(significand, exponent, zeros);
            }
        }
        foreach (ulong significand in new ulong[] { 0, 1, (1 << 23) - 1, 1 << 23, (1 << 24) - 2, (1 << 24) - 1 })
        {
            foreach (int exponent in new[] { -149, -148, 0, 104 }) AroundTheMiddle(significand, exponent, 900);
        }
    }

    [Fact]
    public void PowersOfTwoAndTen()
    {
        for (int exponent = -1080; exponent <= 1030; exponent++)
        {
            Agree(Math.ScaleB(1, exponent).ToString("E25", CultureInfo.InvariantCulture));
            if (exponent is > -400 and < 400) Agree("1e" + exponent);
        }
    }

    [Fact]
    public void ALongTailDecidesAMiddle()
    {
        string zeros = new('0', 2000);
        Assert.Equal(9007199254740992.0, ParseDouble("9007199254740993." + zeros));
        Assert.Equal(9007199254740994.0, ParseDouble("9007199254740993." + zeros + "1"));
        Assert.Equal(0.001, ParseDouble("0." + zeros + "1e1998"));
        Assert.Equal(1000.0, ParseDouble("1" + zeros + "e-1997"));
    }

    [Theory]
    [InlineData("1e", 1), InlineData("1e+", 1), InlineData("1ex", 1), InlineData("1.5.5", 3), InlineData("1,5", 1)]
    [InlineData("12abc", 2), InlineData("-1-", 2), InlineData("0x10", 1), InlineData("1e5e5", 3), InlineData("7 ", 1)]
    [InlineData("infinit", 3), InlineData("nano", 3), InlineData("-Infinity!", 9), InlineData("+INF", 4)]
    public void WhatFollowsIsLeft(string text, int length)
    {
        Assert.True(FloatParse.Double(Encoding.ASCII.GetBytes(text), out double value, out int consumed));
        Assert.Equal(length, consumed);
        Assert.True(FloatParse.Single(Encoding.ASCII.GetBytes(text), out float single, out consumed));
        Assert.Equal(length, consumed);
        string number = text[..length].ToLowerInvariant();
        if (number.Contains("inf")) number = number.StartsWith('-') ? "-Infinity" : "Infinity";
        Assert.Equal(double.Parse(number, CultureInfo.InvariantCulture), value);
        Assert.Equal(float.Parse(number, CultureInfo.InvariantCulture), single);
    }

    [Theory]
    [InlineData(""), InlineData("-"), InlineData("+"), InlineData("."), InlineData("-."), InlineData("e5")]
    [InlineData(".e5"), InlineData(" 1"), InlineData("--1"), InlineData("in"), InlineData("na"), InlineData("x")]
    public void WithoutDigitsThereIsNoNumber(string text)
    {
        Assert.False(FloatParse.Double(Encoding.ASCII.GetBytes(text), out double value, out int consumed));
        Assert.Equal((0.0, 0), (value, consumed));
        Assert.False(FloatParse.Single(Encoding.ASCII.GetBytes(text), out float single, out consumed));
        Assert.Equal((0.0f, 0), (single, consumed));
    }

    [Property(MaxTest = 5000)]
    public void AnyBytesAreReadOrRefusedWithinTheirLength(byte[] bytes, NonNull<string> text)
    {
        byte[] digitsAndSigns = [.. text.Get.Select(c => (byte)"0123456789.-+eE"[c % 15])];
        foreach (byte[] input in new[] { bytes, digitsAndSigns })
        {
            bool good = FloatParse.Double(input, out double value, out int consumed);
            Assert.InRange(consumed, good ? 1 : 0, input.Length);
            Assert.Equal(good, FloatParseScalar.Double(input, out _, out int exactly));
            Assert.Equal(exactly, consumed);
            Assert.Equal(good, FloatParse.Single(input, out _, out consumed));
            Assert.Equal(exactly, consumed);
            if (good && !double.IsNaN(value) && !double.IsInfinity(value))
                Agree(Encoding.ASCII.GetString(input, 0, consumed));
        }
    }

    [Property(MaxTest = 3000)]
    public void NothingOutsideTheTextIsRead(
        DoNotSize<ulong> bits, byte digits, byte cut, DoNotSize<ulong> behind)
    {
        double value = BitConverter.UInt64BitsToDouble(bits.Item);
        string text = digits < 128
            ? (bits.Item >> (digits & 63)).ToString(CultureInfo.InvariantCulture)
            : value.ToString(digits < 192 ? "R" : "E" + digits % 24, CultureInfo.InvariantCulture);
        byte[] whole = Encoding.ASCII.GetBytes(text);
        int length = whole.Length - cut % whole.Length;
        using var memory = new GuardedMemory();
        Span<byte> atTheStart = memory.Bytes[..length];
        whole.AsSpan(0, length).CopyTo(atTheStart);
        SameAsExact(atTheStart);
        Span<byte> atTheEnd = memory.Bytes[^length..];
        whole.AsSpan(0, length).CopyTo(atTheEnd);
        SameAsExact(atTheEnd);

        // The same text with other bytes behind it, which the span leaves out.
        byte[] followed = [.. whole, .. Encoding.ASCII.GetBytes(behind.Item.ToString(CultureInfo.InvariantCulture))];
        SameAsExact(followed.AsSpan(0, length));
        SameAsExact(followed);
    }

    [Fact]
    public void EveryLengthOfDigitsPointAndExponent()
    {
        string digits = "12345678901234567890123456789012";
        for (int whole = 0; whole <= 26; whole++)
        {
            for (int fraction = 0; fraction <= 26; fraction++)
            {
                if (whole + fraction == 0) continue;
                string number = digits[..whole] + "." + digits[..fraction];
                foreach (string exponent in new[] { "", "e5", "e-17", "E+123", "e-000012", "e+0000001", "e00000000000001" })
                {
                    Agree(number + exponent);
                    Agree("-" + number + exponent);
                }
                Agree(digits[..whole] + new string('0', fraction) + "1");
                Agree("0." + new string('0', fraction) + "1" + digits[..whole]);
                Agree(new string('0', fraction) + "1" + digits[..whole] + ".5");
            }
        }
    }

    [Theory]
    [InlineData("1e999999999999"), InlineData("1e-999999999999"), InlineData("0e999999999999")]
    [InlineData("1e000000000000000000000000000000005"), InlineData("1e-00000000000000000000000000000000000000000000005")]
    [InlineData("123456789.e-100000000"), InlineData("1e9999999"), InlineData("1e999999"), InlineData("1e-999999")]
    [InlineData("18446744073709551615"), InlineData("18446744073709551616"), InlineData("9999999999999999999")]
    [InlineData("18446744073709551615e-342"), InlineData("18446744073709551615e-343"), InlineData("9999999999999999999e289")]
    [InlineData("1e308"), InlineData("1e309"), InlineData("0.1e310"), InlineData("10e307"), InlineData("2e308")]
    [InlineData("1e-342"), InlineData("1e-343"), InlineData("9999999999999999999e-343"), InlineData("1e-325")]
    [InlineData("5e-324"), InlineData("3e-324"), InlineData("2e-324"), InlineData("9.8e-324"), InlineData("7.4e-324")]
    [InlineData("9007199254740992.5"), InlineData("4503599627370496.5"), InlineData("4503599627370497.5")]
    [InlineData("4503599627370497.50000000000000000000"), InlineData("4503599627370497.50000000000000000001")]
    [InlineData("4503599627370497.49999999999999999999"), InlineData("2251799813685248.25"), InlineData("2251799813685248.75")]
    [InlineData("281474976710656.03125"), InlineData("281474976710656.09375"), InlineData("16777217e-3")]
    [InlineData("8388608.5"), InlineData("8388609.5"), InlineData("0.5000000298023223876953125")]
    [InlineData("9214843084008499.0"), InlineData("9214843084008499e1"), InlineData("9214843084008499e22")]
    [InlineData("9007199254740993e22"), InlineData("9007199254740993e23"), InlineData("18014398509481986e55")]
    [InlineData("6929495644600919.5"), InlineData("3.7455744005952583e15"), InlineData("12345678901234567890123e-3")]
    [InlineData("2.2250738585072012e-308"), InlineData("2.2250738585072013e-308")]
    [InlineData("2.22507385850720113605740979670913197593481954635164564e-308")]
    [InlineData("2.2250738585072011360574097967091319759348195463516457e-308")]
    [InlineData("1.1754943508222874e-38"), InlineData("1.1754942807573643e-38")]
    [InlineData("1.17549428075736429173e-38"), InlineData("1.17549428075736429174e-38")]
    [InlineData("3.4028235677973366e38"), InlineData("340282356779733661637539395458142568447")]
    [InlineData("340282356779733661637539395458142568448"), InlineData("1.1920928955078125e-7")]
    [InlineData("179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587")]
    public void MoreHardCases(string text)
    {
        Agree(text);
        Agree("-" + text);
        Agree("0000000000000000000000000000000000000000" + text);
    }

    [Property(MaxTest = 2000)]
    public void EightHundredDigits(DoNotSize<ulong> bits, DoNotSize<uint> seed)
    {
        // The middle above a double to its last digit, then more digits, so that 19 of them never tell.
        ulong pattern = bits.Item & 0x7FEFFFFFFFFFFFFF;
        int biased = (int)(pattern >> 52);
        ulong significand = (pattern & ((1UL << 52) - 1)) | (biased == 0 ? 0 : 1UL << 52);
        int exponent = Math.Max(biased, 1) - 1076;
        BigInteger digits = 2 * new BigInteger(significand) + 1;
        int ten = Math.Min(exponent, 0);
        if (ten < 0) digits *= BigInteger.Pow(5, -ten);
        else digits <<= exponent;
        string text = digits.ToString(CultureInfo.InvariantCulture);
        if (text.Length > 800) return;
        int more = 800 - text.Length;
        var random = new System.Random((int)seed.Item);
        string tail = string.Concat(Enumerable.Range(0, more).Select(_ => random.Next(10)));
        Agree($"{text}{tail}e{ten - more}");
        Agree($"{digits - 1}{tail}e{ten - more}");
    }

    [Property(MaxTest = 10000)]
    public void OneMultiplicationIsExactArithmetic(DoNotSize<ulong> w, DoNotSize<uint> power, byte shift)
    {
        ulong integer = w.Item >> (shift & 63);
        int q = (int)(power.Item % 800) - 420;
        Assert.True(DecimalText.Scan(Encoding.ASCII.GetBytes($"{integer}e{q}"), out DecimalText number));
        ulong exact = DecimalToBinary.Nearest<Binary64, double>(number);
        ulong exactNarrow = DecimalToBinary.Nearest<Binary32, float>(number);
        if (EiselLemire.TryNearest<Binary64, double>(integer, q, out ulong bits)) Assert.Equal(exact, bits);
        if (EiselLemire.TryNearest<Binary32, float>(integer, q, out ulong narrow)) Assert.Equal(exactNarrow, narrow);
        if (EiselLemire.TryWhole<Binary64, double>(integer, q, out bits)) Assert.Equal(exact, bits);
        if (EiselLemire.TryWhole<Binary32, float>(integer, q, out narrow)) Assert.Equal(exactNarrow, narrow);
    }

    [Fact]
    public void OneMultiplicationDecidesTies()
    {
        // w = (2m + 1) · 5^n, so that w · 10^−n is the middle (2m + 1) · 2^−n; and both neighbors of w.
        for (int n = 1; n <= 27; n++)
        {
            ulong power = (ulong)BigInteger.Pow(5, n);
            for (int bits = 24; bits <= 53; bits += 29)
            {
                for (ulong odd = (1UL << bits) + 1; odd <= (1UL << bits) + 7 && ulong.MaxValue / power >= odd; odd += 2)
                {
                    for (int off = -1; off <= 1; off++) Agree($"{odd * power + (ulong)off}e-{n}");
                }
            }
        }
    }

    private static void SameAsExact(ReadOnlySpan<byte> text)
    {
        bool good = FloatParseScalar.Double(text, out double exact, out int exactly);
        Assert.Equal(good, FloatParse.Double(text, out double value, out int consumed));
        Assert.Equal(exactly, consumed);
        Assert.Equal(BitConverter.DoubleToUInt64Bits(exact), BitConverter.DoubleToUInt64Bits(value));
        Assert.Equal(good, FloatParseScalar.Single(text, out float exactSingle, out exactly));
        Assert.Equal(good, FloatParse.Single(text, out float single, out consumed));
        Assert.Equal(exactly, consumed);
        Assert.Equal(BitConverter.SingleToUInt32Bits(exactSingle), BitConverter.SingleToUInt32Bits(single));
    }

    // The middle of significand · 2^exponent and its upper neighbor: exactly, with a digit behind it, and just below.
    private static void AroundTheMiddle(ulong significand, int exponent, int zeros)
    {
        BigInteger digits = 2 * new BigInteger(significand) + 1;
        int ten = Math.Min(exponent - 1, 0);
        if (ten < 0) digits *= BigInteger.Pow(5, -ten);
        else digits <<= exponent - 1;
        Agree($"{digits}e{ten}");
        Agree($"{digits}{new string('0', zeros)}1e{ten - zeros - 1}");
        Agree($"{digits * 10 - 1}e{ten - 1}");
        BigInteger upper = digits * BigInteger.Pow(10, zeros + 1) - 1;
        Agree($"-{upper}e{ten - zeros - 1}");
    }

    private static void Agree(string text)
    {
        double expected = double.Parse(text, CultureInfo.InvariantCulture);
        Assert.Equal(BitConverter.DoubleToUInt64Bits(expected), BitConverter.DoubleToUInt64Bits(ParseDouble(text)));
        float single = float.Parse(text, CultureInfo.InvariantCulture);
        Assert.Equal(BitConverter.SingleToUInt32Bits(single), BitConverter.SingleToUInt32Bits(ParseSingle(text)));
    }

    // By both forms, which must agree.
    private static double ParseDouble(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.True(FloatParse.Double(bytes, out double value, out int consumed));
        Assert.Equal(text.Length, consumed);
        Assert.True(FloatParseScalar.Double(bytes, out double exact, out consumed));
        Assert.Equal(text.Length, consumed);
        Assert.Equal(BitConverter.DoubleToUInt64Bits(exact), BitConverter.DoubleToUInt64Bits(value));
        return value;
    }

    private static float ParseSingle(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.True(FloatParse.Single(bytes, out float value, out int consumed));
        Assert.Equal(text.Length, consumed);
        Assert.True(FloatParseScalar.Single(bytes, out float exact, out consumed));
        Assert.Equal(text.Length, consumed);
        Assert.Equal(BitConverter.SingleToUInt32Bits(exact), BitConverter.SingleToUInt32Bits(value));
        return value;
    }
}
