using System;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>How much of a text is UTF-8, in the fastest form that the processor has.</summary>
public static unsafe class Utf8ValidLength
{
    /// <summary>
    /// How many of the <paramref name="length"/> bytes at <paramref name="text"/> lie before the first sequence that is
    /// ill-formed or cut off by the end; <paramref name="length"/> where all is UTF-8. Source: the Unicode standard,
    /// table 3-7.
    /// </summary>
    public static nint Of(byte* text, nint length) =>
        Avx2.IsSupported ? Utf8ValidLengthAvx2.Of(text, length) : Utf8ValidLengthScalar.Of(text, length);

    /// <inheritdoc cref="Of(byte*, nint)"/>
    public static int Of(ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text) return (int)Of(start, text.Length);
    }
}
