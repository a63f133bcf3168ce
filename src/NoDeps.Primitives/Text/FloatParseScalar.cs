using System;

namespace NoDeps.Primitives;

/// <summary>
/// Decimal text to floating-point numbers, the readable form of <see cref="FloatParse"/>, with the same contract: the
/// text taken apart byte by byte (<see cref="DecimalText"/>), then converted by exact integer arithmetic of any length
/// (<see cref="DecimalToBinary"/>).
/// </summary>
public static class FloatParseScalar
{
    /// <inheritdoc cref="FloatParse.Double"/>
    public static bool Double(ReadOnlySpan<byte> text, out double value, out int consumed)
    {
        if (!DecimalText.Scan(text, out DecimalText number))
        {
            value = SpecialFloats.Read(text, out consumed);
            return consumed > 0;
        }
        consumed = number.Consumed;
        value = BitConverter.UInt64BitsToDouble(DecimalToBinary.ToBinary64(number));
        if (number.Negative) value = -value;
        return true;
    }

    /// <inheritdoc cref="FloatParse.Single"/>
    public static bool Single(ReadOnlySpan<byte> text, out float value, out int consumed)
    {
        if (!DecimalText.Scan(text, out DecimalText number))
        {
            value = (float)SpecialFloats.Read(text, out consumed);
            return consumed > 0;
        }
        consumed = number.Consumed;
        value = BitConverter.UInt32BitsToSingle(DecimalToBinary.ToBinary32(number));
        if (number.Negative) value = -value;
        return true;
    }
}
