using System;

namespace NoDeps.Primitives;

/// <summary>Decodes code points from UTF-8.</summary>
public static class Utf8Decode
{
    /// <summary>U+FFFD, the replacement character.</summary>
    public const uint Replacement = 0xFFFD;

    /// <summary>
    /// Decodes the first code point of a text. Well-formed means as in table 3-7 of the Unicode standard. Ill-formed
    /// text is replaced by maximal subparts, as in .NET: the longest prefix of a well-formed sequence, or otherwise one
    /// byte, becomes one U+FFFD.
    /// </summary>
    /// <param name="text">UTF-8, or any bytes.</param>
    /// <param name="codePoint">The code point; <see cref="Replacement"/> unless the result is positive.</param>
    /// <returns>The number of bytes of the code point, 1 to 4. Negative: minus the number of bytes, 1 to 3, that are
    /// ill-formed or truncated by the end of the text. 0 only for the empty text.</returns>
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
        // The range of the second byte excludes overlong forms, surrogates, and code points above U+10FFFF.
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

    /// <summary>The length of the sequence that starts with <paramref name="lead"/>, which is at least 0xC2.</summary>
    internal static int LengthOf(uint lead) => lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}
