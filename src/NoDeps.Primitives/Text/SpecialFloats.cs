using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>The special floating-point values that are written as words, in any case.</summary>
internal static class SpecialFloats
{
    /// <summary>
    /// Reads "nan", "inf" or "infinity", after an optional sign, at the start of the text. If there is none of them,
    /// the value and <paramref name="consumed"/> are 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Read(ReadOnlySpan<byte> text, out int consumed)
    {
        bool negative = !text.IsEmpty && text[0] == '-';
        int sign = negative || (!text.IsEmpty && text[0] == '+') ? 1 : 0;
        ReadOnlySpan<byte> word = text.Slice(sign);
        consumed = StartsWith(word, "nan"u8);
        if (consumed > 0)
        {
            consumed += sign;
            return double.NaN;
        }
        consumed = Math.Max(StartsWith(word, "infinity"u8), StartsWith(word, "inf"u8));
        if (consumed == 0) return 0;
        consumed += sign;
        return negative ? double.NegativeInfinity : double.PositiveInfinity;
    }

    // The length of the word if the text starts with it, ignoring case, otherwise 0. The word must be in lower case.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length < word.Length) return 0;
        for (int i = 0; i < word.Length; i++)
        {
            if ((text[i] | 0x20) != word[i]) return 0;
        }
        return word.Length;
    }
}
