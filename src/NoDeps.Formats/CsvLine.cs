using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>A line of a CSV text, without its line ending: fields divided by separators outside double quotes.</summary>
internal readonly unsafe struct CsvLine
{
    private readonly byte* _start;
    private readonly long _length;

    /// <summary>The line that begins at <paramref name="start"/>, which must be before the end of the text.</summary>
    internal CsvLine(byte* start, byte* end)
    {
        _start = start;
        nint found = MemorySearch.IndexOf(start, (byte)'\n', (nuint)(end - start));
        Next = found < 0 ? end : start + found + 1;
        _length = found < 0 ? end - start : found;
        if (_length > 0 && start[_length - 1] == '\r') _length--;
    }

    /// <summary>The first byte after the line ending.</summary>
    internal readonly byte* Next;

    internal long Length => _length;

    /// <summary>The most frequent separator; 0 if there is none.</summary>
    internal byte Separator()
    {
        long commas = Count((byte)',') - 1, semicolons = Count((byte)';') - 1, tabs = Count((byte)'\t') - 1;
        if ((commas | semicolons | tabs) == 0) return 0;
        if (tabs > commas && tabs > semicolons) return (byte)'\t';
        return semicolons > commas ? (byte)';' : (byte)',';
    }

    /// <summary>The number of fields.</summary>
    internal long Count(byte separator)
    {
        long count = 1;
        bool quoted = false;
        for (long i = 0; i < _length; i++)
        {
            if (_start[i] == '"') quoted = !quoted;
            else if (_start[i] == separator && !quoted) count++;
        }
        return count;
    }

    /// <summary>The first field, without surrounding spaces and quotes, truncated to 256 bytes.</summary>
    internal ReadOnlySpan<byte> First(byte separator)
    {
        long end = 0;
        while (end < _length && end < 256 && _start[end] != separator) end++;
        return Trimmed(0, end);
    }

    /// <summary>The last field, trimmed and truncated in the same way.</summary>
    internal ReadOnlySpan<byte> Last(byte separator)
    {
        long start = _length;
        while (start > 0 && start > _length - 256 && _start[start - 1] != separator) start--;
        return Trimmed(start, _length);
    }

    private ReadOnlySpan<byte> Trimmed(long start, long end)
    {
        while (start < end && _start[start] is (byte)' ' or (byte)'"') start++;
        while (end > start && _start[end - 1] is (byte)' ' or (byte)'"') end--;
        return new ReadOnlySpan<byte>(_start + start, (int)(end - start));
    }
}
