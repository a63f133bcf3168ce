using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>An error in the form that people and JSON read: two digits and a power of ten, 3.6e-07.</summary>
internal static class ErrorFigure
{
    /// <summary>Room for any of them.</summary>
    public const int MaxBytes = 16;

    /// <summary>Writes a number of at least 0, including "0" and "infinite".</summary>
    public static ReadOnlySpan<byte> Write(Span<byte> to, double value)
    {
        if (value == 0) return "0"u8;
        if (!double.IsFinite(value)) return "infinite"u8;
        int exponent = 0;
        for (; value >= 9.95; exponent++) value /= 10;
        for (; value < 0.995; exponent--) value *= 10;
        Utf8Writer writer = new(to);
        writer.Fixed(value, 1);
        writer.Text(exponent < 0 ? "e-"u8 : "e+"u8);
        exponent = Math.Abs(exponent);
        if (exponent < 10) writer.Byte((byte)'0');
        writer.Integer(exponent);
        return to.Slice(0, writer.Length);
    }
}
