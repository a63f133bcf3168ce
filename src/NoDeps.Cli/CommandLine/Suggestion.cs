using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Guesses which known word an unknown one was meant to be.</summary>
internal static class Suggestion
{
    /// <summary>Names that other programs use, each followed by ours.</summary>
    private static ReadOnlySpan<byte> Synonyms =>
        "--learning-rate --lr --batch-size --batch --network --net --architecture --net --dataset --data --output --out --save --out "u8 +
        "--workers --threads --jobs --threads --num-workers --threads --wd --weight-decay --l2 --weight-decay --smoothing "u8 +
        "--label-smoothing --optim --optimizer --scheduler --schedule --random-seed --seed --verbose --profile --weights --model "u8 +
        "--checkpoint --model --instruction-set --isa --tol --tolerance --form --variant --deviation --std --time --seconds "u8 +
        "test eval evaluate eval infer predict classify predict summary describe info describe show inspect benchmark bench "u8 +
        "fit train"u8;

    /// <summary>Writes <c>did you mean "x"?</c>, or nothing if no known word is near.</summary>
    /// <param name="to">Receives the text.</param>
    /// <param name="known">A <see cref="WordList"/>.</param>
    /// <param name="word">The unknown word.</param>
    public static bool TryWrite(scoped ref Utf8Writer to, scoped ReadOnlySpan<byte> known, scoped ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> found = Synonym(known, word);
        if (found.IsEmpty) found = Nearest(known, word);
        if (found.IsEmpty) return false;
        to.Text("did you mean \""u8);
        to.Text(found);
        to.Text("\"?"u8);
        return true;
    }

    private static ReadOnlySpan<byte> Synonym(ReadOnlySpan<byte> known, ReadOnlySpan<byte> word)
    {
        for (int i = 0; ; i += 2)
        {
            ReadOnlySpan<byte> theirs = WordList.At(Synonyms, i);
            if (theirs.IsEmpty) return default;
            if (!theirs.SequenceEqual(word)) continue;
            ReadOnlySpan<byte> ours = WordList.At(Synonyms, i + 1);
            if (WordList.IndexOf(known, ours) >= 0) return ours;
        }
    }

    /// <summary>The nearest word if it is near for its length, else the first that begins with the unknown one.</summary>
    private static ReadOnlySpan<byte> Nearest(ReadOnlySpan<byte> known, ReadOnlySpan<byte> word)
    {
        int dashes = word.Length > 2 && word[0] == '-' && word[1] == '-' ? 2 : 0, letters = word.Length - dashes;
        int min = letters < 5 ? 2 : letters < 8 ? 3 : 4;
        ReadOnlySpan<byte> best = default, longer = default;
        for (int i = 0; ; i++)
        {
            ReadOnlySpan<byte> each = WordList.At(known, i);
            if (each.IsEmpty) return best.IsEmpty ? longer : best;
            int distance = EditDistance.Of(word, each);
            bool isLonger = letters >= 2 && each.Length > word.Length && each.Slice(0, word.Length).SequenceEqual(word);
            if (longer.IsEmpty && isLonger) longer = each;
            if (distance >= min) continue;
            min = distance;
            best = each;
        }
    }
}
