using System;

namespace NoDeps.Primitives;

/// <summary>Code points out of UTF-8.</summary>
public static class Utf8Decode
{
    /// <summary>U+FFFD, which stands for what is no text.</summary>
    public const uint Replacement = 0xFFFD;

    /// <summary>
    /// The first code point of a text. Well-formed is what the Unicode standard's table 3-7 says. What is not is
    /// replaced by maximal subparts, as .NET does: the longest beginning of a well-formed sequence, or else one byte,
    /// becomes one U+FFFD.
    /// </summary>
    /// <param name="text">UTF-8, or any bytes.</param>
    /// <param name="codePoint">The code point; <see cref="Replacement"/> where the result is not positive.</param>
    /// <returns>
    /// How many bytes it takes, 1 to 4. Negative: so many bytes, 1 to 3, are ill-formed, or cut off by the end of the
    /// text. 0 for the empty text only.
    /// </returns>
    public static int Next(ReadOnlySpan<byte> text, out uint codePoint)
    {
        codePoint = Replacement;
        if (text.IsEmpty) return 0;
        uint lead = text[0];
        if (lead < 0x80)
        {
            codePoint = lead;
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) return -1;
        int length = LengthOf(lead);
        // The second byte's range keeps out overlong forms, surrogates and what lies above U+10FFFF.
        uint low = lead == 0xE0 ? 0xA0u : lead == 0xF0 ? 0x90u : 0x80u;
        uint high = lead == 0xED ? 0x9Fu : lead == 0xF4 ? 0x8Fu : 0xBFu;
        uint value = lead & (0x7Fu >> length);
        for (int i = 1; i < length; i++)
        {
            if (i == text.Length || text[i] < low || text[i] > high) return -i;
            value = (value << 6) | (text[i] & 0x3Fu);
            low = 0x80;
            high = 0xBF;
        }
        codePoint = value;
        return length;
    }

    /// <summary>How many bytes the sequence has that begins with <paramref name="lead"/>, at least 0xC2.</summary>
    internal static int LengthOf(uint lead) => lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}
