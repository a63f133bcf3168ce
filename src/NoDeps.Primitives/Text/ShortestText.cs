using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Writes the result of <see cref="ShortestDecimal"/>: all digits at once, then those after the point one byte further
/// on. There is no loop, and no branch that is unpredictable for random numbers. Each format has its own form, with a
/// vector for sixteen digits and a word for eight: a common form took 6 % longer for doubles.
/// </summary>
internal static class ShortestText
{
    private const ulong AsciiZeros = 0x3030303030303030;

    // "0.00000" and a byte that is overwritten.
    private const ulong PlainZeros = 0x30303030302E30;

    private static volatile bool s_isReady;

    /// <summary>
    /// Writes the text of <see cref="FloatFormat.Shortest(System.Span{byte}, double)"/>, or of its counterpart for
    /// floats, at <paramref name="start"/>, which has <see cref="FloatFormat.FastPathLength"/> bytes; all of them may
    /// be written.
    /// </summary>
    internal static int Write<F, T>(ref byte start, ulong bits) where F : struct, IFloatKind<T> where T : unmanaged
    {
        if (!ShortestDecimal.IsCommon<F, T>(bits) || !s_isReady) return WriteUncommon<F, T>(ref start, bits);
        ulong w = ShortestDecimal.FindCommon<F, T>(bits, out uint last, out int exponent);
        return F.Write(ref start, Sign<F, T>(bits), w, last, exponent);
    }

    // Prepares all tables together: checking each one where it is used would add calls to the fast path.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Prepare()
    {
        PowersOfTen.Prepare();
        ExponentText.Compute();
        s_isReady = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Sign<F, T>(ulong bits) where F : struct, IFloatKind<T> where T : unmanaged =>
        (uint)(bits >> (F.SignificandBits + F.ExponentBits - 1));

    // A separate method for other numbers: a call would force spills in the common path.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteUncommon<F, T>(ref byte start, ulong bits) where F : struct, IFloatKind<T> where T : unmanaged
    {
        if (!s_isReady) Prepare();
        ulong sign = Sign<F, T>(bits);
        ulong infinity = ((1UL << F.ExponentBits) - 1) << (F.SignificandBits - 1);
        ulong magnitude = bits & (infinity | (infinity - 1));
        if (magnitude == 0 || magnitude >= infinity) return Special(ref start, sign << 63 | magnitude << (53 - F.SignificandBits));
        ulong w = ShortestDecimal.Find<F, T>(bits, out uint last, out int exponent);
        return F.Write(ref start, (uint)sign, w, last, exponent);
    }

    // True if a number is written without an exponent: from 10^−4 up, with at most maxPoint digits before the point.
    private static bool IsPlain(int exponent, int maxPoint) => (uint)(exponent + 4) <= maxPoint + 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Write64(ref byte start, uint sign, ulong w, uint last, int exponent)
    {
        ulong upper = w / 100000000;
        ulong lower = w - 100000000 * upper;
        start = (byte)'-';
        ref byte text = ref Unsafe.Add(ref start, sign);
        int count;
        ulong first;
        ulong second;
        if (SixteenDigitsSsse3.IsSupported)
        {
            Vector128<byte> digits = SixteenDigitsSsse3.Reversed(upper, lower);
            count = SixteenDigitsSsse3.Significant(digits);
            digits = SixteenDigitsSsse3.InOrder(digits);
            if (!IsPlain(exponent, Binary64.MaxDigits))
            {
                digits = Sse2.Add(digits, Vector128.Create((byte)'0'));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref text, 1), digits);
                Unsafe.Add(ref text, 17) = (byte)('0' + last);
                text = (byte)Sse2.X64.ConvertToUInt64(digits.AsUInt64());
                return (int)sign + Exponential(ref text, last != 0 ? 17 : count, exponent);
            }
            first = SixteenDigitsSsse3.Halves(digits, out second);
        }
        else
        {
            first = EightDigits.Digits((uint)upper);
            second = EightDigits.Digits((uint)lower);
            count = second != 0 ? 16 - (BitOperations.LeadingZeroCount(second) >> 3)
                : 8 - (BitOperations.LeadingZeroCount(first) >> 3);
        }
        count = last != 0 ? 17 : count;
        if (IsPlain(exponent, Binary64.MaxDigits))
        {
            Unsafe.WriteUnaligned(ref text, PlainZeros);
            Store(ref Unsafe.Add(ref text, exponent < 0 ? 1 - exponent : 0), first, second, last);
            return (int)sign + Plain(ref text, first, second, last, count, exponent);
        }
        Store(ref Unsafe.Add(ref text, 1), first, second, last);
        text = (byte)('0' + (uint)(byte)first);
        return (int)sign + Exponential(ref text, count, exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Write32(ref byte start, uint sign, ulong w, uint last, int exponent)
    {
        ulong first = EightDigits.Digits((uint)w);
        int count = 8 - (BitOperations.LeadingZeroCount(first) >> 3);
        count = last != 0 ? 9 : count;
        start = (byte)'-';
        ref byte text = ref Unsafe.Add(ref start, sign);
        if (IsPlain(exponent, Binary32.MaxDigits))
        {
            Unsafe.WriteUnaligned(ref text, PlainZeros);
            Store(ref Unsafe.Add(ref text, exponent < 0 ? 1 - exponent : 0), first, last);
            return (int)sign + Plain(ref text, first, last, 0, count, exponent);
        }
        Store(ref Unsafe.Add(ref text, 1), first, last);
        text = (byte)('0' + (uint)(byte)first);
        return (int)sign + Exponential(ref text, count, exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref byte at, ulong first, ulong second, uint last)
    {
        Unsafe.WriteUnaligned(ref at, first + AsciiZeros);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 8), second + AsciiZeros);
        Unsafe.Add(ref at, 16) = (byte)('0' + last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref byte at, ulong first, uint last)
    {
        Unsafe.WriteUnaligned(ref at, first + AsciiZeros);
        Unsafe.Add(ref at, 8) = (byte)('0' + last);
    }

    // The digits, followed by zeros, are already at text or, if the exponent is negative, after "0.", "0.0" and so on.
    // Inserts the point by writing the digits after it once more, from registers rather than from the bytes just
    // stored.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Plain(ref byte text, ulong first, ulong second, ulong third, int count, int exponent)
    {
        if (exponent < 0) return count + 1 - exponent;
        int whole = exponent + 1;
        if (count <= whole) return whole;
        if (whole >= 8)
        {
            first = whole < 16 ? second : third;
            second = third;
            third = 0;
        }
        int bits = 8 * whole & 63;
        ref byte point = ref Unsafe.Add(ref text, whole);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref point, 1), ((first >> bits) | (second << 1 << (63 - bits))) + AsciiZeros);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref point, 9), ((second >> bits) | (third << 1 << (63 - bits))) + AsciiZeros);
        point = (byte)'.';
        return count + 1;
    }

    // The first digit is at text, and all digits are one byte further on. Inserts the point and appends the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Exponential(ref byte text, int count, int exponent)
    {
        Unsafe.Add(ref text, 1) = (byte)'.';
        int length = count == 1 ? 1 : count + 1;
        ulong word = ExponentText.Word(exponent);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref text, length), word);
        return length + ExponentText.Length(word);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Special(ref byte start, ulong bits)
    {
        System.Span<byte> destination = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref start, FloatFormat.FastPathLength);
        if (bits << 1 != 0) return FloatNotation.NotFinite(destination, bits);
        start = (byte)'-';
        int sign = (int)(bits >> 63);
        destination[sign] = (byte)'0';
        return sign + 1;
    }
}
