using System;

namespace NoDeps.Primitives;

/// <summary>Code points into UTF-8.</summary>
public static class Utf8Encode
{
    /// <summary>The most bytes that a code point takes.</summary>
    public const int MaxLength = 4;

    /// <summary>
    /// The bytes of a code point in one number, the first byte lowest, as a store to memory lays them down.
    /// </summary>
    /// <param name="codePoint">Any number.</param>
    /// <param name="length">How many bytes, 1 to 4; 0 for a surrogate and above U+10FFFF, which UTF-8 cannot say.</param>
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
        // From the last byte to the second, six bits each; what is left goes with as many ones as there are bytes.
        uint bytes = 0;
        for (int i = 1; i < length; i++, codePoint >>= 6) bytes = (bytes | 0x80 | (codePoint & 0x3F)) << 8;
        return bytes | codePoint | ((0xF00u >> length) & 0xFF);
    }

    /// <summary>
    /// Writes a code point. The number of bytes; 0 when UTF-8 cannot say it or it does not fit.
    /// </summary>
    public static int Write(Span<byte> to, uint codePoint)
    {
        uint bytes = Pack(codePoint, out int length);
        if (length > to.Length) return 0;
        for (int i = 0; i < length; i++, bytes >>= 8) to[i] = (byte)bytes;
        return length;
    }
}
