using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The hint for an unknown word: the known words that were probably intended, or else all of them.</summary>
internal static class NearestWords
{
    private const int LongestAdvice = 320;
    /// <summary>Shortest word that may match as a part of another: pool, of maxpool.</summary>
    private const int MinPart = 3;

    /// <summary><c>did you mean "maxpool" or "avgpool"?</c>, or <c>expected one of conv, relu, …</c>.</summary>
    /// <param name="known">A list in the form of <see cref="WordList"/>.</param>
    /// <param name="word">The unknown word.</param>
    /// <param name="after">The text after each known word in the hint, such as "=".</param>
    public static ReadOnlySpan<byte> Advice(ReadOnlySpan<byte> known, ReadOnlySpan<byte> word, ReadOnlySpan<byte> after)
    {
        Utf8Writer advice = new(new byte[LongestAdvice]);
        int least = word.Length < 5 ? 1 : 2, total = 0, meant = 0;
        for (ReadOnlySpan<byte> each; !(each = WordList.At(known, total)).IsEmpty; total++)
        {
            int distance = EditDistance.Of(word, each);
            if (distance < least) least = distance;
        }
        for (int i = 0; i < total; i++)
        {
            if (IsMeant(WordList.At(known, i), word, least)) meant++;
        }
        bool isGuess = meant > 0 || total == 1;
        int written = 0;
        for (int i = 0; i < total; i++)
        {
            ReadOnlySpan<byte> each = WordList.At(known, i);
            if (meant > 0 && !IsMeant(each, word, least)) continue;
            if (isGuess) advice.Text(written == 0 ? "did you mean \""u8 : "\" or \""u8);
            else advice.Text(written == 0 ? "expected one of "u8 : ", "u8);
            written++;
            advice.Text(each);
            advice.Text(after);
        }
        if (isGuess) advice.Text("\"?"u8);
        return advice.Written;
    }

    private static bool IsMeant(ReadOnlySpan<byte> known, ReadOnlySpan<byte> word, int least) =>
        EditDistance.Of(word, known) <= least || Contains(known, word) || Contains(word, known);

    private static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        if (part.Length < MinPart) return false;
        for (int i = 0; i + part.Length <= text.Length; i++)
        {
            if (text.Slice(i, part.Length).SequenceEqual(part)) return true;
        }
        return false;
    }
}
