using System;

namespace NoDeps.Formats;

/// <summary>The byte order mark with which some editors begin UTF-8 text.</summary>
public static class ByteOrderMark
{
    /// <summary>Returns a text without the mark.</summary>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> text) =>
        text.Length >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? text.Slice(3) : text;
}
