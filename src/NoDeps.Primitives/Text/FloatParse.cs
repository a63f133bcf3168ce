using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Parses decimal text as a floating-point number, always correctly rounded: to nearest, ties to even, once. Each function
/// reads the longest number at the start of the text, as described at <see cref="DecimalText.Scan"/>, or one of the words
/// "inf", "infinity" and "nan" in any case after an optional sign; the caller handles the rest of the text. A number too
/// large for the format gives infinity and one too small gives 0, each with the number's sign. On failure, the value and
/// <c>consumed</c> are 0.
/// </summary>
/// <remarks>
/// <para>
/// All numbers of JSON are accepted, and NaN, Infinity and -Infinity as .NET and Python's json write them. Some forms that
/// JSON forbids are accepted too (a leading '+', leading zeros, a point without digits on both sides); a JSON parser must
/// reject these itself.
/// </para>
/// <para>
/// Digits are read eight at a time (<see cref="EightDigits"/>), giving w · 10^q. The first method that applies converts it:
/// </para>
/// <list type="number">
/// <item>If w and 10^|q| are exact in the format, one floating-point operation gives the result (Clinger, "How to read
/// floating point numbers accurately", 1990).</item>
/// <item>With at most 19 significant digits, one multiplication does (<see cref="EiselLemire"/>).</item>
/// <item>With more digits, w is the first 19, and the number lies between w · 10^q and (w + 1) · 10^q. If both round to the
/// same result, so does the number.</item>
/// <item>Otherwise, exact arithmetic decides (<see cref="DecimalToBinary"/>).</item>
/// </list>
/// <para>
/// <see cref="FloatParseScalar"/> is the reference form.
/// </para>
/// </remarks>
public static class FloatParse
{
    /// <summary>Parses the nearest double.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Double(ReadOnlySpan<byte> text, out double value, out int consumed) =>
        Nearest<Binary64, double>(text, out value, out consumed);

    /// <summary>Parses the nearest float. Not by way of a double, which could round twice.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Single(ReadOnlySpan<byte> text, out float value, out int consumed) =>
        Nearest<Binary32, float>(text, out value, out consumed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Nearest<F, T>(ReadOnlySpan<byte> text, out T value, out int consumed)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        if (text.Length < 8) return ParsePadded<F, T>(text, out value, out consumed);
        consumed = Scan(text, out ulong w, out long q);
        if (consumed == 0) return ParseGeneral<F, T>(text, out value, out consumed);
        if (!F.TryExact(w, q, out ulong bits) && !EiselLemire.TryNearest<F, T>(w, q, out bits))
            return ParseGeneral<F, T>(text, out value, out consumed);
        value = F.FromBits(bits, text[0] == '-' ? 1UL : 0);
        return true;
    }

    // Parses a number of ordinary length as w · 10^q, in a text of at least 8 bytes. Returns its length, or 0 if there
    // is no number, or one with more than 19 significant digits or more than 3 exponent digits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Scan(ReadOnlySpan<byte> text, out ulong w, out long q)
    {
        w = 0;
        q = 0;
        ref byte first = ref MemoryMarshal.GetReference(text);
        int length = text.Length;

        // Signs are handled without branches, which would be unpredictable.
        int start = IsSign(first) ? 1 : 0;
        int at = start;
        int point = -1;
        ulong bytes = EightDigits.Load(ref first, at, length);
        ulong sum = (bytes & 0xFF) - '0';
        int count;
        // A single digit before the point, as most numbers have, needs no counting.
        if ((byte)(bytes >> 8) == '.' && sum <= 9)
        {
            point = at += 2;
            bytes = EightDigits.Load(ref first, at, length);
        }
        else
        {
            sum = 0;
        }
        uint next;
        // Read the digits before the point, then those after it.
        while (true)
        {
            while ((count = EightDigits.Count(bytes)) == 8)
            {
                sum = 100000000 * sum + EightDigits.Value(bytes);
                at += 8;
                bytes = EightDigits.Load(ref first, at, length);
            }
            if (count != 0) sum = EightDigits.Power(count) * sum + EightDigits.Value(bytes, count);
            at += count;
            // The byte after the digits is in the last word too, or is 0 at the end of the text.
            next = (byte)(bytes >> (8 * count));
            if (next != '.' || point >= 0) break;
            point = ++at;
            bytes = EightDigits.Load(ref first, at, length);
        }
        int digits = at - start, fraction = 0;
        if (point >= 0)
        {
            fraction = at - point;
            digits--;
        }
        if (digits > DecimalText.MaxShortDigits)
        {
            if (digits - LeadingZeros(ref first, start, at) > DecimalText.MaxShortDigits) return 0;
        }
        else if (digits == 0)
        {
            return 0;
        }
        w = sum;
        q = -fraction;
        if ((next | 0x20) != 'e') return at;

        bytes = EightDigits.Load(ref first, at + 1, length);
        int sign = IsSign((byte)bytes) ? 1 : 0;
        long negative = (byte)bytes == '-' ? -1 : 0;
        uint four = (uint)(bytes >> (8 * sign));
        count = EightDigits.Count(four);
        if (count == 4) return 0;
        if (count == 0) return at;
        q += (EightDigits.Value(four, count) ^ negative) - negative;
        return at + 1 + sign + count;
    }

    // '+' is 43 and '-' is 45.
    private static bool IsSign(byte c) => ((c - '+') & ~2) == 0;

    // Counts the zeros before the first nonzero digit.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LeadingZeros(ref byte text, int at, int end)
    {
        int zeros = 0;
        for (; at < end; at++)
        {
            byte c = Unsafe.Add(ref text, at);
            if (c == '0') zeros++;
            else if (c != '.') break;
        }
        return zeros;
    }

    // Pads the text with NUL bytes, which end any number.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ParsePadded<F, T>(ReadOnlySpan<byte> text, out T value, out int consumed)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        ulong padded = EightDigits.LoadShort(text);
        return F.Parse(MemoryMarshal.CreateSpan(ref Unsafe.As<ulong, byte>(ref padded), 8), out value, out consumed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ParseGeneral<F, T>(ReadOnlySpan<byte> text, out T value, out int consumed)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        if (!DecimalText.Scan(text, out DecimalText number))
        {
            value = F.FromSpecial(SpecialFloats.Read(text, out consumed));
            return consumed > 0;
        }
        consumed = number.Consumed;
        ulong w = number.ShortInteger(out int taken);
        long q = number.Point - taken;
        bool decided = EiselLemire.TryWhole<F, T>(w, q, out ulong bits);
        if (decided && taken < number.Digits)
            decided = EiselLemire.TryWhole<F, T>(w + 1, q, out ulong above) && above == bits;
        if (!decided) bits = DecimalToBinary.Nearest<F, T>(number);
        value = F.FromBits(bits, number.Negative ? 1UL : 0);
        return true;
    }
}
