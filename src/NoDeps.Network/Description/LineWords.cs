using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The words of one line of a description, without its comment, and the numbers that words can be.</summary>
internal ref struct LineWords
{
    /// <summary>The line without comment and surrounding blanks.</summary>
    public readonly ReadOnlySpan<byte> Line;
    /// <summary>The current word; empty before the first <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Word;
    private int at;

    public LineWords(ReadOnlySpan<byte> line)
    {
        int end = 0;
        while (end < line.Length && line[end] != '#') end++;
        int start = 0;
        while (start < end && IsBlank(line[start])) start++;
        while (end > start && IsBlank(line[end - 1])) end--;
        Line = line.Slice(start, end - start);
        Word = default;
        at = 0;
    }

    private static bool IsBlank(byte b) => b == ' ' || b == '\t' || b == '\r';

    /// <summary>Moves to the next word; false at the end of the line.</summary>
    public bool Next()
    {
        while (at < Line.Length && IsBlank(Line[at])) at++;
        int start = at;
        while (at < Line.Length && !IsBlank(Line[at])) at++;
        Word = Line.Slice(start, at - start);
        return Word.Length > 0;
    }

    /// <summary>Whether the current word is this one.</summary>
    public readonly bool Is(ReadOnlySpan<byte> word) => Word.SequenceEqual(word);

    /// <summary>Whether the current word is NAME=VALUE with this name.</summary>
    public readonly bool IsOption(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (Word.Length <= name.Length || Word[name.Length] != '=') return false;
        if (!Word.Slice(0, name.Length).SequenceEqual(name)) return false;
        value = Word.Slice(name.Length + 1);
        return true;
    }

    /// <summary>A whole number from 1 to <paramref name="most"/>.</summary>
    public readonly bool TryCount(ReadOnlySpan<byte> text, int most, out int value) => TryInteger(text, 1, most, out value);

    /// <summary>N, which stands for both, or ROWSxCOLUMNS.</summary>
    public readonly bool TryPair(ReadOnlySpan<byte> text, int least, int most, out int rows, out int columns)
    {
        int x = text.IndexOf((byte)'x');
        if (x < 0)
        {
            bool ok = TryInteger(text, least, most, out rows);
            columns = rows;
            return ok;
        }
        columns = 0;
        return TryInteger(text.Slice(0, x), least, most, out rows) && TryInteger(text.Slice(x + 1), least, most, out columns);
    }

    /// <summary>The current word as CHANNELSxROWSxCOLUMNS.</summary>
    public readonly bool TryShape(int most, out Shape shape)
    {
        shape = default;
        int x = Word.IndexOf((byte)'x');
        if (x < 0 || !TryInteger(Word.Slice(0, x), 1, most, out shape.Channels)) return false;
        ReadOnlySpan<byte> rest = Word.Slice(x + 1);
        return rest.IndexOf((byte)'x') >= 0 && TryPair(rest, 1, most, out shape.Rows, out shape.Columns);
    }

    /// <summary>
    /// A decimal number without sign or exponent, of at most 15 digits: correctly rounded, since digits and power of ten
    /// are exact (Clinger 1990, the fast path).
    /// </summary>
    public readonly bool TryDecimal(ReadOnlySpan<byte> text, out double value)
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

    private static bool TryInteger(ReadOnlySpan<byte> text, int least, int most, out int value)
    {
        value = 0;
        if (!IntegerParse.Unsigned(text, out ulong number, out int consumed) || consumed != text.Length) return false;
        if (number < (ulong)least || number > (ulong)most) return false;
        value = (int)number;
        return true;
    }
}
