using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.Lab;

/// <summary>Bits and numbers in the shipped binary, every form, against the BCL.</summary>
public sealed class LabNumberTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Each power of two and its neighbors.</summary>
    private static readonly ulong[] Corners =
        [0, .. Enumerable.Range(0, 64).SelectMany(i => new[] { (1UL << i) - 1, 1UL << i, (1UL << i) + 1 }), ulong.MaxValue];

    private static readonly double[] HardDoubles =
    [
        0.0, -0.0, double.Epsilon, BitConverter.UInt64BitsToDouble(0x000FFFFFFFFFFFFF), 2.2250738585072014E-308,
        double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 0.1, 0.3, 1e23, 9007199254740993,
        5e-324, 1.7976931348623157e308, 9.5367431640625e-7, 123456.789, 1e16, 1e17, 0.0001, 0.00001,
    ];

    [Property(MaxTest = 4, StartSize = 500, EndSize = 1500)]
    public void BitsOf64(DoNotSize<ulong>[] random, byte[] shifts) => Bits("64", ulong.MaxValue, random, shifts);

    [Property(MaxTest = 4, StartSize = 500, EndSize = 1500)]
    public void BitsOf32(DoNotSize<ulong>[] random, byte[] shifts) => Bits("32", uint.MaxValue, random, shifts);

    private static void Bits(string size, ulong most, DoNotSize<ulong>[] random, byte[] shifts)
    {
        ulong[] values = [.. Corners.Select(x => x & most),
            .. random.Select((x, i) => (x.Item & most) >> (shifts.Length > 0 ? shifts[i % shifts.Length] & 63 : 0))];
        string[] lines = [.. values.Select((x, i) => i % 3 == 0 ? $"0x{x:x}" : x.ToString(Invariant))];
        bool wide = most == ulong.MaxValue;
        void Check(string subject, Func<ulong, int> ofLong, Func<uint, int> ofInt) => LabCases.Agree(subject, [size], lines, line =>
        {
            ulong x = line.StartsWith("0x") ? ulong.Parse(line.AsSpan(2), NumberStyles.HexNumber, Invariant) : ulong.Parse(line, Invariant);
            return (wide ? ofLong(x) : ofInt((uint)x)).ToString(Invariant);
        });
        Check("ctz", BitOperations.TrailingZeroCount, BitOperations.TrailingZeroCount);
        Check("clz", BitOperations.LeadingZeroCount, BitOperations.LeadingZeroCount);
        Check("popcount", BitOperations.PopCount, BitOperations.PopCount);
        Check("log2", BitOperations.Log2, BitOperations.Log2);
    }

    [Property(MaxTest = 4, StartSize = 500, EndSize = 2000)]
    public void IntegersAreWrittenAndRead(DoNotSize<long>[] random, long[] small)
    {
        long[] values = [.. Corners.Select(x => (long)x), .. random.Select(x => x.Item), .. small];
        LabCases.Agree("format-integer", [], [.. values.Select(x => x.ToString("x16", Invariant))],
            line => long.Parse(line, NumberStyles.HexNumber, Invariant).ToString(Invariant));
        LabCases.Agree("parse-integer", [], [.. values.Select(x => x.ToString(Invariant))],
            line => long.Parse(line, Invariant).ToString("x16", Invariant));
    }

    [Property(MaxTest = 5, StartSize = 500, EndSize = 2000)]
    public void ShortestDecimals(DoNotSize<ulong>[] random, double[] ordinary)
    {
        double[] values = [.. HardDoubles, .. random.Select(x => BitConverter.UInt64BitsToDouble(x.Item)), .. ordinary];
        LabCases.Agree("format-double", [], [.. values.Select(Hex)], line => Double(line).ToString("R", Invariant));
        LabCases.Agree("format-float", [], [.. values.Select(x => ((uint)BitConverter.DoubleToUInt64Bits(x)).ToString("x8", Invariant))],
            line => Single(line).ToString("R", Invariant));
    }

    [Property(MaxTest = 4, StartSize = 200, EndSize = 600)]
    public void DigitsAsAsked(DoNotSize<ulong>[] random, double[] ordinary, byte digits)
    {
        double[] values = [.. HardDoubles, .. random.Select(x => BitConverter.UInt64BitsToDouble(x.Item)), .. ordinary];
        string[] lines = [.. values.Select(Hex)];
        int n = digits % 40;
        string count = n.ToString(Invariant), precision = (n + 1).ToString(Invariant);
        LabCases.Agree("format-fixed", [count], lines, line => Double(line).ToString("F" + count, Invariant));
        LabCases.Agree("format-scientific", [count], lines, line => Double(line).ToString("E" + count, Invariant));
        LabCases.Agree("format-general", [precision], lines, line => Double(line).ToString("G" + precision, Invariant));
    }

    [Property(MaxTest = 5, StartSize = 500, EndSize = 2000)]
    public void DecimalsAreRead(DoNotSize<ulong>[] random, short[] exponents, double[] ordinary)
    {
        double[] values = [.. HardDoubles.Where(double.IsFinite), .. random.Select(x => BitConverter.UInt64BitsToDouble(x.Item))
            .Where(double.IsFinite), .. ordinary.Where(double.IsFinite)];
        string[] lines =
        [
            .. values.Select(x => x.ToString("R", Invariant)), .. values.Select(x => x.ToString("E25", Invariant)),
            .. values.Where(x => Math.Abs(x) < 1e60).Select(x => x.ToString("F30", Invariant)),
            .. random.Select((x, i) => $"{x.Item}e{(exponents.Length > 0 ? exponents[i % exponents.Length] % 400 : 0)}"),
            .. random.Select(x => $"-0.000{x.Item}"),
            .. values.Where(x => Math.Abs(x) is > 1e-300 and < 1e300).Take(50).SelectMany(HalfwayCases),
            "0." + new string('0', 900) + "1e900", new string('9', 800), new string('9', 300) + "." + new string('9', 500),
            "1e999999999999", "1e-999999999999", "Infinity", "-Infinity",
        ];
        LabCases.Agree("parse-double", [], lines, line => Hex(double.Parse(line, Invariant)));
        LabCases.Agree("parse-float", [], lines,
            line => BitConverter.SingleToUInt32Bits(float.Parse(line, Invariant)).ToString("x8", Invariant));
    }

    /// <summary>Exactly between two doubles, and a last digit to either side of it.</summary>
    private static IEnumerable<string> HalfwayCases(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52 & 0x7FF) - 1075 - 1;
        BigInteger significand = (((bits & 0xFFFFFFFFFFFFF) | 1L << 52) << 1) + 1;
        BigInteger digits = exponent >= 0 ? significand << exponent : significand * BigInteger.Pow(5, -exponent);
        int ten = exponent >= 0 ? 0 : exponent;
        yield return $"{digits}e{ten}";
        yield return $"{digits}1e{ten - 1}";
        yield return $"{digits * 10 - 1}e{ten - 1}";
    }

    [Theory]
    [InlineData("ctz", "7\n8\nx\n9", 3)]
    [InlineData("ctz", "18446744073709551616", 1)]
    [InlineData("format-double", "3ff\n3ff00000000000000", 2)]
    [InlineData("format-float", "3f8000000", 1)]
    [InlineData("parse-double", "1\n\n2", 2)]
    [InlineData("parse-float", "1.5.2", 1)]
    [InlineData("parse-integer", "9223372036854775807\n9223372036854775808", 2)]
    [InlineData("exp", "1\nseven\n", 2)]
    [InlineData("utf8-encode", "e9\nd800\n", 2)]
    public void AWrongLineIsNamed(string subject, string input, int line) =>
        Nodeps.AssertFault(LabPipe.Run(System.Text.Encoding.ASCII.GetBytes(input), subject), Nodeps.Data,
            $"standard input: line {line}: ", "expected");

    private static string Hex(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("x16", Invariant);

    private static double Double(string hex) => BitConverter.UInt64BitsToDouble(ulong.Parse(hex, NumberStyles.HexNumber, Invariant));

    private static float Single(string hex) => BitConverter.UInt32BitsToSingle(uint.Parse(hex, NumberStyles.HexNumber, Invariant));
}
