using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Floating-point numbers to decimal text, by machine words: <see cref="FloatFormatScalar"/> has the same functions in
/// their readable form, and does what words are too short for.
/// <para>
/// Every result is the nearest text of its form to the number's true value, a tie to the even digit. The spelling is
/// that of .NET's ToString with the format named at each function and the invariant culture, byte for byte: a zero, or
/// what rounds to one, keeps its sign ("-0.00"), and what is not finite is "NaN", "Infinity" or "-Infinity".
/// </para>
/// <para>
/// Each function returns the bytes it wrote from the start of its destination; 0 when the text does not fit. The rest of
/// the destination is undefined afterwards, and all of it where the text does not fit.
/// </para>
/// </summary>
public static class FloatFormat
{
    /// <summary>The most bytes that <see cref="Fixed"/> writes with no decimals: a sign and 309 digits.</summary>
    public const int MaxIntegerLength = 310;

    /// <summary>The most bytes of a shortest text of a double: "-2.2250738585072014E-308".</summary>
    public const int MaxShortestLength = 24;

    /// <summary>
    /// With a destination of at least this many bytes the shortest texts are written in place; else they are copied.
    /// </summary>
    public const int FastPathLength = 48;

    private const int FractionBits = 52;
    private const int ExponentBias = 1075;
    private const ulong FractionMask = (1UL << FractionBits) - 1;
    private const int MaxWordDecimals = 19;
    private const int MaxWordDigits = 17;

    private static ReadOnlySpan<ulong> PowersOf10 =>
    [
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
        1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
        1000000000000000000, 10000000000000000000,
    ];

    /// <summary>
    /// The shortest text that reads back as the same double, and of those the closest to it: .NET's "R". A number from
    /// 10^−4 up and below 10^17 is plain (0.0001, 100, 12345678901234568), any other has an exponent of at least two
    /// digits (1E-05, 1.5E+17, 5E-324). .NET 10 itself is known to miss this for 2^−25 and 2^−958, whose texts it makes
    /// a digit too short to read back. At most <see cref="MaxShortestLength"/> bytes. See <see cref="ShortestDecimal"/>.
    /// </summary>
    public static int Shortest(Span<byte> destination, double value) =>
        Shortest<Binary64, double>(destination, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>
    /// The shortest text that reads back as the same float: .NET's "R". A number from 10^−4 up and below 10^9 is plain.
    /// At most 15 bytes ("-1.17549435E-38").
    /// </summary>
    public static int Shortest(Span<byte> destination, float value) =>
        Shortest<Binary32, float>(destination, BitConverter.SingleToUInt32Bits(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Shortest<F, T>(Span<byte> destination, ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        destination.Length >= FastPathLength
            ? ShortestText.Write<F, T>(ref MemoryMarshal.GetReference(destination), bits)
            : Copied<F, T>(destination, bits);

    /// <summary>
    /// <paramref name="value"/> with exactly <paramref name="decimals"/> digits after the point, and no point where that
    /// is 0: .NET's "F" for every double and, as the conversion is exact, every float. By words where
    /// |<paramref name="value"/>| is below 2^63 and there are at most 19 decimals: the fraction's 52 bits times
    /// 10^decimals are 116 bits at most, so that what is cut off can be compared with one half exactly.
    /// </summary>
    public static int Fixed(Span<byte> destination, double value, int decimals)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int biased = (int)(bits >> FractionBits) & 0x7FF;
        if (biased > ExponentBias + 10 || (uint)decimals > MaxWordDecimals)
            return FloatFormatScalar.Fixed(destination, value, decimals);
        ulong c = bits & FractionMask;
        if (biased == 0) biased = 1;
        else c |= 1UL << FractionBits;

        ulong whole = 0;
        ulong fraction = 0;
        int cut = ExponentBias - biased;
        if (cut <= 0)
        {
            whole = c << -cut;
        }
        else
        {
            if (cut <= FractionBits) whole = c >> cut;
            ulong scale = PowersOf10[decimals];
            fraction = Rounded(c - (cut <= FractionBits ? whole << cut : 0), scale, cut, (whole & 1) != 0);
            if (fraction == scale)
            {
                fraction = 0;
                whole++;
            }
        }

        int sign = (int)(bits >> 63);
        int digits = IntegerFormat.DecimalDigits(whole);
        int length = sign + digits + (decimals > 0 ? 1 + decimals : 0);
        if (length > destination.Length) return 0;
        if (sign != 0) destination[0] = (byte)'-';
        int at = sign + IntegerFormat.Unsigned(destination.Slice(sign), whole);
        if (decimals == 0) return length;
        destination[at++] = (byte)'.';
        Span<byte> after = destination.Slice(at, decimals);
        int zeros = decimals - IntegerFormat.DecimalDigits(fraction);
        after.Slice(0, zeros).Fill((byte)'0');
        IntegerFormat.Unsigned(after.Slice(zeros), fraction);
        return length;
    }

    /// <summary>
    /// One digit, a point and exactly <paramref name="decimals"/> digits, or no point where that is 0, and an exponent of
    /// a sign and three digits (1.50E+000): .NET's "E". The zero's exponent is 0.
    /// </summary>
    public static int Scientific(Span<byte> destination, double value, int decimals)
    {
        Span<byte> room = stackalloc byte[MaxWordDigits];
        if (!Digits(room, value, decimals + 1L, out int point)) return FloatFormatScalar.Scientific(destination, value, decimals);
        int sign = Sign(destination, value);
        if (sign < 0) return 0;
        int written = FloatNotation.Exponential(destination.Slice(sign), room.Slice(0, decimals + 1), point, decimals, 3);
        return written == 0 ? 0 : sign + written;
    }

    /// <summary>
    /// The number rounded to <paramref name="precision"/> digits, at least 1, zeros at the end left out; plain where the
    /// first digit stands for 10^−4 to 10^(precision − 1), else with an exponent of at least two digits: .NET's "G".
    /// </summary>
    public static int General(Span<byte> destination, double value, int precision)
    {
        Span<byte> room = stackalloc byte[MaxWordDigits];
        if (!Digits(room, value, precision, out int point)) return FloatFormatScalar.General(destination, value, precision);
        int sign = Sign(destination, value);
        if (sign < 0) return 0;
        int count = precision;
        while (room[count - 1] == 0) count--;
        int written = FloatNotation.General(destination.Slice(sign), room.Slice(0, count), point, precision);
        return written == 0 ? 0 : sign + written;
    }

    // A method of its own: a stack buffer makes a method slower to enter.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Copied<F, T>(Span<byte> destination, ulong bits) where F : struct, IFloatKind<T> where T : unmanaged
    {
        Span<byte> text = stackalloc byte[FastPathLength];
        text = text.Slice(0, ShortestText.Write<F, T>(ref MemoryMarshal.GetReference(text), bits));
        if (text.Length > destination.Length) return 0;
        text.CopyTo(destination);
        return text.Length;
    }

    // 1 after writing a '-', 0 where none is needed, −1 where there is no room.
    private static int Sign(Span<byte> destination, double value)
    {
        if (BitConverter.DoubleToUInt64Bits(value) >> 63 == 0) return 0;
        if (destination.IsEmpty) return -1;
        destination[0] = (byte)'-';
        return 1;
    }

    // a · b / 2^cut, to the nearest, a tie to the even number; for a · b < 2^127 and cut ≥ 1. A tie goes up from 0 where
    // what stands before, with no digit in between (b = 1), is odd.
    private static ulong Rounded(ulong a, ulong b, int cut, bool isOddBefore)
    {
        if (cut >= 128) return 0;
        ulong high = Math.BigMul(a, b, out ulong low);
        ulong result;
        ulong rest;
        bool more;
        if (cut >= 64)
        {
            // The highest bit cut off to the top of rest, all others into more.
            int above = cut - 64;
            result = above == 0 ? high : high >> above;
            rest = above == 0 ? low : (high << (64 - above)) | (low >> above);
            more = above != 0 && low << (64 - above) != 0;
        }
        else
        {
            result = (high << (64 - cut)) | (low >> cut);
            rest = low << (64 - cut);
            more = false;
        }
        const ulong Half = 1UL << 63;
        bool isOdd = b == 1 ? isOddBefore : (result & 1) != 0;
        return rest > Half || (rest == Half && (more || isOdd)) ? result + 1 : result;
    }

    // The first digits of |value|, rounded, as values; false where words do not decide them.
    private static bool Digits(Span<byte> digits, double value, long count, out int point)
    {
        point = 0;
        if (count < 1 || count > MaxWordDigits) return false;
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int biased = (int)(bits >> FractionBits) & 0x7FF;
        ulong c = bits & FractionMask;
        if (biased == 0x7FF || (biased == 0 && c == 0)) return false;
        if (biased == 0) biased = 1;
        else c |= 1UL << FractionBits;
        int zeros = BitOperations.LeadingZeroCount(c);
        int q = biased - ExponentBias - zeros;
        c <<= zeros;

        // 2^(q + 63) ≤ |value|: its first digit stands for 10^exponent or ten times that.
        int exponent = ((q + 63) * 1262611) >> 22;
        ulong limit = PowersOf10[(int)count];
        if (!Scaled(c, q, (int)count - 1 - exponent, out ulong number)) return false;
        if (number >= limit) exponent++;
        if (number == limit) number = limit / 10;
        else if (number > limit && !Scaled(c, q, (int)count - 1 - exponent, out number)) return false;
        for (int i = (int)count - 1; i >= 0; i--)
        {
            digits[i] = (byte)(number % 10);
            number /= 10;
        }
        point = exponent + 1;
        return true;
    }

    // c · 2^q · 10^power to the nearest integer, a tie to the even one, for c with its highest bit set and a result
    // below 2^61; false where 128 bits of the power do not tell on which side of the middle it lies.
    private static bool Scaled(ulong c, int q, int power, out ulong number)
    {
        ulong high = Math.BigMul(c, PowersOfTen.High(power), out ulong low);
        ulong carry = Math.BigMul(c, PowersOfTen.Low(power), out ulong lowest);
        low += carry;
        if (low < carry) high++;
        int cut = -(q + PowersOfTen.BinaryExponent(power) + 1);
        ulong half = 1UL << (cut - 1);
        ulong rest = high & (2 * half - 1);
        number = high >> cut;

        // The true product is below (high, low + 2).
        bool isExact = (uint)power <= PowersOfTen.LargestExact;
        if (isExact && rest == half && (low | lowest) == 0)
        {
            number += number & 1;
            return true;
        }
        if (!isExact && ((rest == half && low == 0) || (rest == half - 1 && low >= ulong.MaxValue - 1))) return false;
        if (rest >= half) number++;
        return true;
    }
}
