using System;

namespace NoDeps.Primitives;

/// <summary>
/// The reference form of <see cref="FloatParse"/>, with the same contract: parses the text byte by byte (<see
/// cref="DecimalText"/>), then converts it by exact multiple-precision arithmetic (<see cref="DecimalToBinary"/>).
/// </summary>
public static class FloatParseScalar
{
    /// <inheritdoc cref="FloatParse.Double"/>
    public static bool Double(ReadOnlySpan<byte> text, out double value, out int consumed) =>
        Nearest<Binary64, double>(text, out value, out consumed);

    /// <inheritdoc cref="FloatParse.Single"/>
    public static bool Single(ReadOnlySpan<byte> text, out float value, out int consumed) =>
        Nearest<Binary32, float>(text, out value, out consumed);

    private static bool Nearest<F, T>(ReadOnlySpan<byte> text, out T value, out int consumed)
        where F : struct, IFloatKind<T> where T : unmanaged
    {
        if (!DecimalText.Scan(text, out DecimalText number))
        {
            value = F.FromSpecial(SpecialFloats.Read(text, out consumed));
            return consumed > 0;
        }
        consumed = number.Consumed;
        value = F.FromBits(DecimalToBinary.Nearest<F, T>(number), number.Negative ? 1UL : 0);
        return true;
    }
}
