using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Splits a line of a description, without its comment, into words, and parses numbers.</summary>
internal ref struct LineWords
{
    /// <summary>The line without comment and surrounding blanks.</summary>
    public readonly ReadOnlySpan<byte> Line;
    /// <summary>The current word; empty before the first <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Word;
    private int _at;

    public LineWords(ReadOnlySpan<byte> line)
    {
        int end = 0;
        while (end < line.Length && line[end] != '#') end++;
        int start = 0;
        while (start < end && IsBlank(line[start])) start++;
        while (end > start && IsBlank(line[end - 1])) end--;
        Line = line.Slice(start, end - start);
        Word = default;
        _at = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    /// <summary>Returns true if a byte separates words.</summary>
    internal static bool IsBlank(byte b) => b == ' ' || b == '\t' || b == '\r';

    /// <summary>Moves to the next word; false at the end of the line.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Next()
    {
        while (_at < Line.Length && IsBlank(Line[_at])) _at++;
        int start = _at;
        while (_at < Line.Length && !IsBlank(Line[_at])) _at++;
        Word = Line.Slice(start, _at - start);
        return Word.Length > 0;
    }

    /// <summary>The index of the name in the current word, NAME=VALUE; −1 if it is none of the names.</summary>
    /// <param name="names">A list in the form of <see cref="WordList"/>.</param>
    /// <param name="value">What follows the equals sign.</param>
    public readonly int Option(ReadOnlySpan<byte> names, out ReadOnlySpan<byte> value)
    {
        value = default;
        int equals = Word.IndexOf((byte)'=');
        if (equals < 0) return -1;
        value = Word.Slice(equals + 1);
        return WordList.IndexOf(names, Word.Slice(0, equals));
    }

    /// <summary>
    /// Reads N, NxN, NxNxN …: the count of numbers, each from <paramref name="min"/> to <paramref name="max"/>;
    /// 0 when the text is anything else, or has more numbers.
    /// </summary>
    /// <param name="text">All of it is read.</param>
    /// <param name="min">The smallest number allowed.</param>
    /// <param name="max">The largest number allowed.</param>
    /// <param name="first">The first of the fields that receive the numbers.</param>
    /// <param name="capacity">The number of fields.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Numbers(ReadOnlySpan<byte> text, int min, int max, ref int first, int capacity)
    {
        for (int count = 0; count < capacity; count++)
        {
            if (!IntegerParse.Unsigned(text, out ulong number, out int consumed)) return 0;
            if (number < (ulong)min || number > (ulong)max) return 0;
            Unsafe.Add(ref first, count) = (int)number;
            if (consumed == text.Length) return count + 1;
            if (text[consumed] != 'x') return 0;
            text = text.Slice(consumed + 1);
        }
        return 0;
    }

    /// <summary>
    /// A decimal number without sign or exponent, of at most 15 digits: correctly rounded, since digits and power of ten
    /// are exact (Clinger 1990, the fast path).
    /// </summary>
    public static bool TryDecimal(ReadOnlySpan<byte> text, out double value)
    {
        ulong digits = 0;
        double scale = 1;
        int count = 0;
        bool point = false;
        value = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            if (b == '.' && !point)
            {
                point = true;
                continue;
            }
            if (b < '0' || b > '9' || ++count > 15) return false;
            digits = digits * 10 + (ulong)(b - '0');
            if (point) scale *= 10;
        }
        value = digits / scale;
        return count > 0;
    }
}
