using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>The floating-point numbers that a text writes as words, in any case.</summary>
internal static class SpecialFloats
{
    /// <summary>
    /// "nan", "inf" and "infinity", each after a sign or none, at the start of the text; <paramref name="consumed"/> is
    /// 0 and the value 0 where none of them stands there.
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

    // The word's length where the text starts with it, in any case, else 0; the word is in lower case.
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
