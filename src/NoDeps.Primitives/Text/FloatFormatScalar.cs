using System;

namespace NoDeps.Primitives;

/// <summary>
/// The texts of <see cref="FloatFormat"/>, each by writing the number out to its last digit and rounding that: the
/// readable form, right for every number and any count of digits, and what the fast form falls back on. See there for
/// what each function returns.
/// </summary>
public static class FloatFormatScalar
{
    private const int FractionBits = 52;
    private const ulong FractionMask = (1UL << FractionBits) - 1;
    private const ulong SignMask = 1UL << 63;

    private enum Form : byte
    {
        Fixed,
        Scientific,
        General,
        Shortest,
        ShortestSingle,
    }

    /// <summary>As <see cref="FloatFormat.Fixed"/>.</summary>
    public static int Fixed(Span<byte> destination, double value, int decimals) =>
        Write(destination, value, Form.Fixed, decimals);

    /// <summary>As <see cref="FloatFormat.Scientific"/>.</summary>
    public static int Scientific(Span<byte> destination, double value, int decimals) =>
        Write(destination, value, Form.Scientific, decimals);

    /// <summary>As <see cref="FloatFormat.General"/>.</summary>
    public static int General(Span<byte> destination, double value, int precision) =>
        Write(destination, value, Form.General, precision);

    /// <summary>As <see cref="FloatFormat.Shortest(Span{byte}, double)"/>.</summary>
    public static int Shortest(Span<byte> destination, double value) =>
        Write(destination, value, Form.Shortest, FloatFormat.MaxPoint64);

    /// <summary>As <see cref="FloatFormat.Shortest(Span{byte}, float)"/>.</summary>
    public static int Shortest(Span<byte> destination, float value) =>
        Write(destination, value, Form.ShortestSingle, FloatFormat.MaxPoint32);

    private static int Write(Span<byte> destination, double value, Form form, int places)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int biased = (int)(bits >> FractionBits) & 0x7FF;
        if (biased == 0x7FF) return FloatNotation.NotFinite(destination, bits);
        int sign = 0;
        if ((bits & SignMask) != 0)
        {
            if (destination.IsEmpty) return 0;
            destination[0] = (byte)'-';
            sign = 1;
        }

        Span<byte> room = stackalloc byte[ExactDecimal.MaxDigits];
        ExactDecimal exact = new(room);
        if (form >= Form.Shortest)
        {
            if (form == Form.Shortest) ShortestScalar.Binary64(ref exact, bits);
            else ShortestScalar.Binary32(ref exact, BitConverter.SingleToUInt32Bits((float)value));
        }
        else
        {
            ulong significand = bits & FractionMask;
            if (biased != 0) significand |= 1UL << FractionBits;
            exact.Set(significand, Math.Max(biased, 1) - 1075);
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
