using System;

namespace NoDeps.Primitives;

/// <summary><see cref="Utf8ValidLength"/> by decoding, with eight bytes of ASCII at a time.</summary>
public static unsafe class Utf8ValidLengthScalar
{
    private const ulong Highs = 0x8080808080808080;

    /// <inheritdoc cref="Utf8ValidLength.Of(byte*, nint)"/>
    public static nint Of(byte* text, nint length)
    {
        nint at = 0;
        while (true)
        {
            while (length - at >= 8 && (*(ulong*)(text + at) & Highs) == 0) at += 8;
            if (at == length) return at;
            int available = length - at < Utf8Encode.MaxLength ? (int)(length - at) : Utf8Encode.MaxLength;
            int taken = Utf8Decode.Next(new ReadOnlySpan<byte>(text + at, available), out _);
            if (taken < 0) return at;
            at += taken;
        }
    }
}
