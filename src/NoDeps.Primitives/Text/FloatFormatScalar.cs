using System;

namespace NoDeps.Primitives;

/// <summary>
/// The functions of <see cref="FloatFormat"/> in their reference form: writes out all digits of the number and rounds
/// them. Correct for every number and any count of digits; the fast form falls back on it. See there for the return
/// values.
/// </summary>
public static class FloatFormatScalar
{
    private enum Form : byte
    {
        Fixed,
        Scientific,
        General,
        Shortest,
    }

    /// <summary>As <see cref="FloatFormat.Fixed"/>.</summary>
    public static int Fixed(Span<byte> destination, double value, int decimals) =>
        Write<Binary64, double>(destination, BitConverter.DoubleToUInt64Bits(value), Form.Fixed, decimals);

    /// <summary>As <see cref="FloatFormat.Scientific"/>.</summary>
    public static int Scientific(Span<byte> destination, double value, int decimals) =>
        Write<Binary64, double>(destination, BitConverter.DoubleToUInt64Bits(value), Form.Scientific, decimals);

    /// <summary>As <see cref="FloatFormat.General"/>.</summary>
    public static int General(Span<byte> destination, double value, int precision) =>
        Write<Binary64, double>(destination, BitConverter.DoubleToUInt64Bits(value), Form.General, precision);

    /// <summary>As <see cref="FloatFormat.Shortest(Span{byte}, double)"/>.</summary>
    public static int Shortest(Span<byte> destination, double value) =>
        Write<Binary64, double>(destination, BitConverter.DoubleToUInt64Bits(value), Form.Shortest, Binary64.MaxDigits);

    /// <summary>As <see cref="FloatFormat.Shortest(Span{byte}, float)"/>.</summary>
    public static int Shortest(Span<byte> destination, float value) =>
        Write<Binary32, float>(destination, BitConverter.SingleToUInt32Bits(value), Form.Shortest, Binary32.MaxDigits);

    private static int Write<F, T>(Span<byte> destination, ulong bits, Form form, int places)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        ulong hidden = 1UL << (F.SignificandBits - 1);
        ulong magnitude = bits & ((hidden << F.ExponentBits) - 1);
        int biased = (int)(magnitude / hidden);
        int sign = bits == magnitude ? 0 : 1;
        if (biased == (1 << F.ExponentBits) - 1)
            return FloatNotation.NotFinite(destination, (ulong)sign << 63 | magnitude << (53 - F.SignificandBits));
        if (sign != 0)
        {
            if (destination.IsEmpty) return 0;
            destination[0] = (byte)'-';
        }

        Span<byte> buffer = stackalloc byte[ExactDecimal.MaxDigits];
        ExactDecimal exact = new(buffer);
        if (form == Form.Shortest)
        {
            ShortestScalar.Find<F, T>(ref exact, bits);
        }
        else
        {
            ulong significand = magnitude & (hidden - 1);
            if (biased != 0) significand |= hidden;
            exact.Set(significand, Math.Max(biased, 1) - F.ExponentBias);
        }

        Span<byte> rest = destination.Slice(sign);
        int written;
        if (form == Form.Fixed)
        {
            exact.Round((int)Math.Min(exact.Point + (long)places, int.MaxValue));
            written = FloatNotation.Plain(rest, exact.Digits, exact.Point, places);
        }
        else if (form == Form.Scientific)
        {
            exact.Round((int)Math.Min(places + 1L, int.MaxValue));
            written = FloatNotation.Exponential(rest, exact.Digits, exact.Point, places, 3);
        }
        else
        {
            if (form == Form.General) exact.Round(places);
            written = FloatNotation.General(rest, exact.Digits, exact.Point, places);
        }
        return written == 0 ? 0 : sign + written;
    }
}
