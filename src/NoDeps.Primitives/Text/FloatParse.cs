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
    /// <summary>The nearest double.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Double(ReadOnlySpan<byte> text, out double value, out int consumed) =>
        Nearest<Binary64, double>(text, out value, out consumed);

    /// <summary>The nearest float; not by way of a double, which could round twice.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Single(ReadOnlySpan<byte> text, out float value, out int consumed) =>
        Nearest<Binary32, float>(text, out value, out consumed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Nearest<F, T>(ReadOnlySpan<byte> text, out T value, out int consumed)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        if (text.Length < 8) return Short<F, T>(text, out value, out consumed);
        consumed = Scan(text, out ulong w, out long ten);
        if (consumed == 0) return Long<F, T>(text, out value, out consumed);
        if (!F.TryExact(w, ten, out ulong bits) && !EiselLemire.TryNearest<F, T>(w, ten, out bits))
            return Long<F, T>(text, out value, out consumed);
        value = F.FromBits(bits, text[0] == '-' ? 1UL : 0);
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

        // Signs are taken without branches, which would be unpredictable.
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

    // NULs after a text end whatever number it ends with.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Short<F, T>(ReadOnlySpan<byte> text, out T value, out int consumed)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        ulong padded = EightDigits.LoadShort(text);
        return F.Parse(MemoryMarshal.CreateSpan(ref Unsafe.As<ulong, byte>(ref padded), 8), out value, out consumed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Long<F, T>(ReadOnlySpan<byte> text, out T value, out int consumed)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        if (!DecimalText.Scan(text, out DecimalText number))
        {
            value = F.FromSpecial(SpecialFloats.Read(text, out consumed));
            return consumed > 0;
        }
        consumed = number.Consumed;
        ulong w = number.ShortInteger(out int taken);
        long ten = number.Point - taken;
        bool decided = EiselLemire.TryWhole<F, T>(w, ten, out ulong bits);
        if (decided && taken < number.Digits)
            decided = EiselLemire.TryWhole<F, T>(w + 1, ten, out ulong above) && above == bits;
        if (!decided) bits = DecimalToBinary.Nearest<F, T>(number);
        value = F.FromBits(bits, number.Negative ? 1UL : 0);
        return true;
    }
}
