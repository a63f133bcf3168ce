using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Decimal text to floating-point numbers, always correctly rounded: to the nearest, a tie to the even significand,
/// once. Each function reads the longest number at the start of the text, as <see cref="DecimalText.Scan"/> describes
/// it, or one of the words "inf", "infinity" and "nan" in any case after a sign or none, and leaves what follows to its
/// caller. A number too large for the format is infinite, one too small is 0, each with its sign. On failure the value
/// is 0 and <c>consumed</c> is 0.
/// </summary>
/// <remarks>
/// <para>
/// Every spelling of a number in JSON is read, and NaN, Infinity and -Infinity as .NET and Python's json write them;
/// some that JSON forbids are read too (a leading '+' or zero, a bare point), and a reader of JSON has to look for these
/// itself.
/// </para>
/// <para>
/// Digits are taken eight a step (<see cref="EightDigits"/>). Numbers of up to 19 significant digits then go by one
/// exact operation of floating point where that does (Clinger, "How to read floating point numbers accurately", 1990,
/// the fast path), else by <see cref="EiselLemire"/>. Of longer ones the first 19 digits count: w and w + 1 of them
/// enclose the number, and where both round to the same, so does it. What is left goes to <see cref="DecimalToBinary"/>.
/// <see cref="FloatParseScalar"/> is the readable form.
/// </para>
/// </remarks>
public static class FloatParse
{
    // Integers up to 2^53 and 2^24 are exact in the formats. The fast path takes those of 15 and 7 digits at most: where
    // these bounds lie, among the longest of shortest numbers, no processor could foresee the branch.
    private const ulong TenTo15 = 1000000000000000;
    private const ulong TenTo7 = 10000000;

    // Powers of ten that are exact in the format: 5^22 < 2^53, 5^10 < 2^24.
    private static ReadOnlySpan<double> ExactPowers64 =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private static ReadOnlySpan<float> ExactPowers32 =>
    [
        1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f,
    ];

    /// <summary>The nearest double.</summary>
    public static bool Double(ReadOnlySpan<byte> text, out double value, out int consumed)
    {
        if (text.Length < 8) return ShortDouble(text, out value, out consumed);
        consumed = Scan(text, out ulong w, out long ten);
        if (consumed == 0) return LongDouble(text, out value, out consumed);
        ulong bits;
        if (w < TenTo15 && (ulong)(ten + 22) <= 44)
        {
            // An integer and a power of ten, both exact, leave one rounding to the division or product.
            double exact = (long)w;
            if (ten < 0) exact /= ExactPowers64[(int)-ten];
            else exact *= ExactPowers64[(int)ten];
            bits = BitConverter.DoubleToUInt64Bits(exact);
        }
        else if (!EiselLemire.TryBinary64(w, ten, out bits))
        {
            return LongDouble(text, out value, out consumed);
        }
        ulong negative = text[0] == '-' ? 1UL : 0;
        value = BitConverter.UInt64BitsToDouble(bits | negative << 63);
        return true;
    }

    /// <summary>The nearest float; not by way of a double, which could round twice.</summary>
    public static bool Single(ReadOnlySpan<byte> text, out float value, out int consumed)
    {
        if (text.Length < 8) return ShortSingle(text, out value, out consumed);
        consumed = Scan(text, out ulong w, out long ten);
        if (consumed == 0) return LongSingle(text, out value, out consumed);
        uint bits;
        if (w < TenTo7 && (ulong)(ten + 10) <= 20)
        {
            float exact = (int)w;
            if (ten < 0) exact /= ExactPowers32[(int)-ten];
            else exact *= ExactPowers32[(int)ten];
            bits = BitConverter.SingleToUInt32Bits(exact);
        }
        else if (!EiselLemire.TryBinary32(w, ten, out bits))
        {
            return LongSingle(text, out value, out consumed);
        }
        uint negative = text[0] == '-' ? 1u : 0;
        value = BitConverter.UInt32BitsToSingle(bits | negative << 31);
        return true;
    }

    // Takes a number of the usual length apart, w · 10^ten, in a text of at least 8 bytes. Returns its length; 0 where there
    // is none, and for one of more than 19 significant digits or more than 3 digits of exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Scan(ReadOnlySpan<byte> text, out ulong w, out long ten)
    {
        w = 0;
        ten = 0;
        ref byte first = ref MemoryMarshal.GetReference(text);
        int length = text.Length;

        // Signs are taken without a branch, as no processor foresees them.
        int start = IsSign(first) ? 1 : 0;
        int at = start;
        int point = -1;
        ulong bytes = EightDigits.Load(ref first, at, length);
        ulong sum = (bytes & 0xFF) - '0';
        int count;
        // One digit before the point, as most numbers have, takes no counting.
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
        // The digits before a point; then those after it.
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
            // The byte after the digits is in the last word too, or is 0 after the text's end.
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
        ten = -fraction;
        if ((next | 0x20) != 'e') return at;

        bytes = EightDigits.Load(ref first, at + 1, length);
        int sign = IsSign((byte)bytes) ? 1 : 0;
        long negative = (byte)bytes == '-' ? -1 : 0;
        uint four = (uint)(bytes >> (8 * sign));
        count = EightDigits.Count(four);
        if (count == 4) return 0;
        if (count == 0) return at;
        ten += (EightDigits.Value(four, count) ^ negative) - negative;
        return at + 1 + sign + count;
    }

    // '+' is 43, '-' 45.
    private static bool IsSign(byte c) => ((c - '+') & ~2) == 0;

    // Zeros before the first digit that is none, of which there is one or the text's end.
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

    // Zeros behind a text end whatever number it ends with.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ShortDouble(ReadOnlySpan<byte> text, out double value, out int consumed)
    {
        ulong padded = EightDigits.LoadShort(text);
        return Double(MemoryMarshal.CreateSpan(ref Unsafe.As<ulong, byte>(ref padded), 8), out value, out consumed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ShortSingle(ReadOnlySpan<byte> text, out float value, out int consumed)
    {
        ulong padded = EightDigits.LoadShort(text);
        return Single(MemoryMarshal.CreateSpan(ref Unsafe.As<ulong, byte>(ref padded), 8), out value, out consumed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool LongDouble(ReadOnlySpan<byte> text, out double value, out int consumed)
    {
        if (!DecimalText.Scan(text, out DecimalText number))
        {
            value = SpecialFloats.Read(text, out consumed);
            return consumed > 0;
        }
        consumed = number.Consumed;
        ulong w = number.ShortInteger(out int taken);
        long ten = number.Point - taken;
        bool decided = EiselLemire.TryWhole64(w, ten, out ulong bits);
        if (decided && taken < number.Digits)
            decided = EiselLemire.TryWhole64(w + 1, ten, out ulong above) && above == bits;
        if (!decided) bits = DecimalToBinary.ToBinary64(number);
        value = BitConverter.UInt64BitsToDouble(bits);
        if (number.Negative) value = -value;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool LongSingle(ReadOnlySpan<byte> text, out float value, out int consumed)
    {
        if (!DecimalText.Scan(text, out DecimalText number))
        {
            value = (float)SpecialFloats.Read(text, out consumed);
            return consumed > 0;
        }
        consumed = number.Consumed;
        ulong w = number.ShortInteger(out int taken);
        long ten = number.Point - taken;
        bool decided = EiselLemire.TryWhole32(w, ten, out uint bits);
        if (decided && taken < number.Digits)
            decided = EiselLemire.TryWhole32(w + 1, ten, out uint above) && above == bits;
        if (!decided) bits = DecimalToBinary.ToBinary32(number);
        value = BitConverter.UInt32BitsToSingle(bits);
        if (number.Negative) value = -value;
        return true;
    }
}
