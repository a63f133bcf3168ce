using System;

namespace NoDeps.Primitives;

/// <summary>
/// Writes the digits of a number in plain or exponential notation. The digits are values from 0 to 9, the first of them
/// nonzero; the number is 0.d1 d2 d3 … · 10^point, or 0 if there are no digits. Each function returns the number of
/// bytes written, or 0 if they do not fit.
/// </summary>
public static class FloatNotation
{
    /// <summary>The minimum point of a number that <see cref="General"/> writes without an exponent: 0.0001.</summary>
    public const int MinPoint = -3;

    /// <summary>
    /// The notation of .NET's "G" and "R" formats: no exponent if the first digit has a weight of at least 10^−4 and at
    /// most <paramref name="maxPoint"/> digits precede the point, otherwise one of at least two digits.
    /// </summary>
    public static int General(Span<byte> destination, ReadOnlySpan<byte> digits, int point, int maxPoint)
    {
        if (point < MinPoint || point > maxPoint)
            return Exponential(destination, digits, point, digits.Length - 1, 2);
        return Plain(destination, digits, point, Math.Max(digits.Length - point, 0));
    }

    /// <summary>
    /// The number without an exponent: at least one digit, then a point and <paramref name="decimals"/> digits (no
    /// point if that is 0). The number must not have more decimals.
    /// </summary>
    public static int Plain(Span<byte> destination, ReadOnlySpan<byte> digits, int point, int decimals)
    {
        if (digits.IsEmpty) point = 0;
        int whole = Math.Max(point, 1);
        long length = whole + (decimals > 0 ? 1L + decimals : 0);
        if (length > destination.Length) return 0;
        int at = 0;
        for (int place = whole - 1; place >= -decimals; place--)
        {
            if (place == -1) destination[at++] = (byte)'.';
            int digit = point - 1 - place;
            destination[at++] = (byte)('0' + (digit >= 0 && digit < digits.Length ? digits[digit] : 0));
        }
        return at;
    }

    /// <summary>
    /// One digit, a point and <paramref name="decimals"/> digits (no point if that is 0), 'E', the sign of the
    /// exponent, and at least <paramref name="exponentDigits"/> digits of it, 2 or 3. The number must have at most
    /// <paramref name="decimals"/> + 1 digits.
    /// </summary>
    public static int Exponential(
        Span<byte> destination, ReadOnlySpan<byte> digits, int point, int decimals, int exponentDigits)
    {
        int exponent = digits.IsEmpty ? 0 : point - 1;
        uint magnitude = (uint)Math.Abs(exponent);
        if (magnitude >= 100) exponentDigits = 3;
        decimals = Math.Max(decimals, 0);
        long length = 1 + (decimals > 0 ? 1L + decimals : 0) + 2 + exponentDigits;
        if (length > destination.Length) return 0;
        destination[0] = (byte)('0' + (digits.IsEmpty ? 0 : digits[0]));
        int at = 1;
        if (decimals > 0) destination[at++] = (byte)'.';
        for (int i = 1; i <= decimals; i++) destination[at++] = (byte)('0' + (i < digits.Length ? digits[i] : 0));
        destination[at++] = (byte)'E';
        destination[at++] = (byte)(exponent < 0 ? '-' : '+');
        for (int i = exponentDigits - 1; i >= 0; i--)
        {
            destination[at + i] = (byte)('0' + (int)(magnitude % 10));
            magnitude /= 10;
        }
        return at + exponentDigits;
    }

    /// <summary>"NaN", "Infinity" or "-Infinity", given the bits of such a double.</summary>
    public static int NotFinite(Span<byte> destination, ulong bits)
    {
        ReadOnlySpan<byte> word = "-Infinity"u8;
        if ((bits & 0x000FFFFFFFFFFFFF) != 0) word = "NaN"u8;
        else if (bits >> 63 == 0) word = word.Slice(1);
        if (word.Length > destination.Length) return 0;
        word.CopyTo(destination);
        return word.Length;
    }
}
