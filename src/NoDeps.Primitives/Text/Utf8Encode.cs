using System;

namespace NoDeps.Primitives;

/// <summary>Encodes code points as UTF-8.</summary>
public static class Utf8Encode
{
    /// <summary>The maximum number of bytes per code point.</summary>
    public const int MaxLength = 4;

    /// <summary>
    /// The bytes of a code point in one number, the first byte lowest, as a little-endian store writes them.
    /// </summary>
    /// <param name="codePoint">Any number.</param>
    /// <param name="length">The number of bytes, 1 to 4; 0 for a surrogate or a number above U+10FFFF, which UTF-8
    /// cannot represent.</param>
    public static uint Pack(uint codePoint, out int length)
    {
        if (codePoint < 0x80)
        {
            length = 1;
            return codePoint;
        }
        length = 0;
        if (codePoint > 0x10FFFF || codePoint - 0xD800 < 0x800) return 0;
        length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        // From the last byte to the second, six bits each. The first byte takes the rest, below as many ones as there
        // are bytes.
        uint bytes = 0;
        for (int i = 1; i < length; i++, codePoint >>= 6) bytes = (bytes | 0x80 | (codePoint & 0x3F)) << 8;
        return bytes | codePoint | ((0xF00u >> length) & 0xFF);
    }

    /// <summary>
    /// Writes a code point and returns the number of bytes; 0 if it does not fit or UTF-8 cannot represent it.
    /// </summary>
    public static int Write(Span<byte> to, uint codePoint)
    {
        uint bytes = Pack(codePoint, out int length);
        if (length > to.Length) return 0;
        for (int i = 0; i < length; i++, bytes >>= 8) to[i] = (byte)bytes;
        return length;
    }
}
