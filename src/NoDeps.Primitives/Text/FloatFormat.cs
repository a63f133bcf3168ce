using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Formats floating-point numbers as decimal text with 64-bit arithmetic. <see cref="FloatFormatScalar"/> has the same
/// functions in their reference form, and handles the cases for which 64 bits are not enough.
/// <para>
/// Every result is the text of its form that is nearest to the number's exact value, ties to even. The notation is that of
/// .NET's ToString with the format named at each function and the invariant culture, byte for byte: a zero, or a number that
/// rounds to one, keeps its sign ("-0.00"), and special values are "NaN", "Infinity" and "-Infinity".
/// </para>
/// <para>
/// Each function returns the number of bytes written at the start of its destination, or 0 if the text does not fit. The
/// rest of the destination, or all of it if the text does not fit, is undefined afterwards.
/// </para>
/// </summary>
public static class FloatFormat
{
    /// <summary>The maximum length of a text by <see cref="Fixed"/> without decimals: a sign and 309 digits.</summary>
    public const int MaxIntegerLength = 310;

    /// <summary>The maximum length of the shortest text of a double: "-2.2250738585072014E-308".</summary>
    public const int MaxShortestLength = 24;

    /// <summary>
    /// If the destination has at least this many bytes, the shortest text is written in place, otherwise via a buffer.
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
    /// The shortest text that parses back to the same double and, of those, the one closest to it: .NET's "R". Numbers
    /// from 10^−4 to below 10^17 have no exponent (0.0001, 100, 12345678901234568); all others have one of at least two
    /// digits (1E-05, 1.5E+17, 5E-324). For 2^−25 and 2^−958, .NET 10 itself writes a text that is one digit too short
    /// to parse back. At most <see cref="MaxShortestLength"/> bytes. See <see cref="ShortestDecimal"/>.
    /// </summary>
    public static int Shortest(Span<byte> destination, double value) =>
        Shortest<Binary64, double>(destination, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>
    /// The shortest text that parses back to the same float: .NET's "R". Numbers from 10^−4 to below 10^9 have no
    /// exponent. At most 15 bytes ("-1.17549435E-38").
    /// </summary>
    public static int Shortest(Span<byte> destination, float value) =>
        Shortest<Binary32, float>(destination, BitConverter.SingleToUInt32Bits(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Shortest<F, T>(Span<byte> destination, ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        destination.Length >= FastPathLength
            ? ShortestText.Write<F, T>(ref MemoryMarshal.GetReference(destination), bits)
            : ShortestViaBuffer<F, T>(destination, bits);

    /// <paramref name="value"/>with exactly <paramref name="decimals"/> digits after the point, and no point if that is
    /// 0: .NET's "F" for every double and, since the conversion is exact, for every float. 64-bit arithmetic suffices
    /// if |<paramref name="value"/>| &lt; 2^63 and there are at most 19 decimals. The 52-bit fraction times 10^decimals
    /// then has at most 116 bits, so a 128-bit product is exact, and the bits cut off can be compared with one half
    /// exactly.</param>
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
    /// One digit, a point and exactly <paramref name="decimals"/> digits (no point if that is 0), and an exponent of a
    /// sign and three digits (1.50E+000): .NET's "E". Zero has the exponent 0.
    /// </summary>
    public static int Scientific(Span<byte> destination, double value, int decimals)
    {
        Span<byte> digits = stackalloc byte[MaxWordDigits];
        if (!Digits(digits, value, decimals + 1L, out int point)) return FloatFormatScalar.Scientific(destination, value, decimals);
        int sign = Sign(destination, value);
        if (sign < 0) return 0;
        int written = FloatNotation.Exponential(destination.Slice(sign), digits.Slice(0, decimals + 1), point, decimals, 3);
        return written == 0 ? 0 : sign + written;
    }

    /// <summary>
    /// The number rounded to <paramref name="precision"/> digits, at least 1, without trailing zeros: .NET's "G". No
    /// exponent if the first digit has a weight from 10^−4 to 10^(precision − 1), otherwise one of at least two digits.
    /// </summary>
    public static int General(Span<byte> destination, double value, int precision)
    {
        Span<byte> digits = stackalloc byte[MaxWordDigits];
        if (!Digits(digits, value, precision, out int point)) return FloatFormatScalar.General(destination, value, precision);
        int sign = Sign(destination, value);
        if (sign < 0) return 0;
        int count = precision;
        while (digits[count - 1] == 0) count--;
        int written = FloatNotation.General(destination.Slice(sign), digits.Slice(0, count), point, precision);
        return written == 0 ? 0 : sign + written;
    }

    // A separate method: a stack buffer makes a method slower to enter.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ShortestViaBuffer<F, T>(Span<byte> destination, ulong bits) where F : struct, IFloatKind<T> where T : unmanaged
    {
        Span<byte> text = stackalloc byte[FastPathLength];
        text = text.Slice(0, ShortestText.Write<F, T>(ref MemoryMarshal.GetReference(text), bits));
        if (text.Length > destination.Length) return 0;
        text.CopyTo(destination);
        return text.Length;
    }

    // Writes a '-' if needed. Returns the number of bytes written, or −1 if it does not fit.
    private static int Sign(Span<byte> destination, double value)
    {
        if (BitConverter.DoubleToUInt64Bits(value) >> 63 == 0) return 0;
        if (destination.IsEmpty) return -1;
        destination[0] = (byte)'-';
        return 1;
    }

    // a · b / 2^cut rounded to nearest, ties to even, for a · b < 2^127 and cut ≥ 1. With b = 1 there are no decimals
    // and the result is 0 or 1; a tie then depends on isOddBefore, the parity of the integer part.
    private static ulong Rounded(ulong a, ulong b, int cut, bool isOddBefore)
    {
        if (cut >= 128) return 0;
        ulong high = Math.BigMul(a, b, out ulong low);
        ulong result;
        ulong rest;
        bool more;
        if (cut >= 64)
        {
            // Move the highest bit cut off to the top of rest, and any bits that do not fit there into more.
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

    // The first digits of |value|, rounded, as values from 0 to 9. Returns false if 128 bits of the power of ten do not
    // decide them.
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

        // 2^(q + 63) ≤ |value| < 2^(q + 64), so its first digit has the weight 10^exponent or 10^(exponent + 1).
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

    // c · 2^q · 10^power rounded to nearest, ties to even, for c with its highest bit set and a result below 2^61.
    // Returns false if 128 bits of the power do not determine on which side of the midpoint it lies.
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

        // The table entry is too small by less than 1, so the exact product is below (high, low + 2).
        bool isExact = (uint)power <= PowersOfTen.MaxExact;
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
