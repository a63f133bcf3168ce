using System;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The length of the valid UTF-8 prefix of a text. Uses the fastest form that the processor supports.
/// </summary>
public static unsafe class Utf8ValidLength
{
    /// <summary>
    /// The number of the <paramref name="length"/> bytes at <paramref name="text"/> before the first sequence that is
    /// ill-formed or truncated by the end; <paramref name="length"/> if all of it is valid UTF-8. Source: the Unicode
    /// standard, table 3-7.
    /// </summary>
    public static nint Of(byte* text, nint length) =>
        Avx2.IsSupported ? Utf8ValidLengthAvx2.Of(text, length) : Utf8ValidLengthScalar.Of(text, length);

    /// <inheritdoc cref="Of(byte*, nint)"/>
    public static int Of(ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text) return (int)Of(start, text.Length);
    }
}
