using System;

namespace NoDeps.Primitives;

/// <summary>
/// The Damerau–Levenshtein distance of two words in its restricted form (optimal string alignment): the minimum number
/// of insertions, deletions, substitutions and transpositions of adjacent bytes, with no byte edited twice. ASCII case
/// is ignored.
/// </summary>
public static unsafe class EditDistance
{
    /// <summary>The maximum length of a word.</summary>
    public const int MaxLength = 32;

    /// <summary>
    /// The distance, or <see cref="MaxLength"/> + 1 if either word is longer than <see cref="MaxLength"/>.
    /// </summary>
    public static int Of(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        const int row = MaxLength + 1;
        if (a.Length > MaxLength || b.Length > MaxLength) return MaxLength + 1;
        // Column j of a row is the distance of a's first i bytes to b's first j; the rows are those of i, i − 1 and i −
        // 2.
        int* rows = stackalloc int[3 * row];
        int* current = rows, before = rows + row, older = rows + 2 * row;
        for (int j = 0; j <= b.Length; j++) current[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int* free = older;
            older = before;
            before = current;
            current = free;
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                byte x = ToLower(a[i - 1]), y = ToLower(b[j - 1]);
                int min = before[j - 1] + (x == y ? 0 : 1);
                if (before[j] + 1 < min) min = before[j] + 1;
                if (current[j - 1] + 1 < min) min = current[j - 1] + 1;
                bool transposed = i > 1 && j > 1 && x == ToLower(b[j - 2]) && y == ToLower(a[i - 2]);
                if (transposed && older[j - 2] + 1 < min) min = older[j - 2] + 1;
                current[j] = min;
            }
        }
        return current[b.Length];
    }

    private static byte ToLower(byte letter) => letter >= 'A' && letter <= 'Z' ? (byte)(letter | 0x20) : letter;
}
