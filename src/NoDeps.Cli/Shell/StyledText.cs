using System;
using System.Runtime.CompilerServices;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>
/// Text with marks: <c>`strong`</c>, <c>_faint_</c> and <c>@named@</c>, drawn in colors. Without colors the marks are
/// dropped, and non-ASCII symbols are replaced.
/// </summary>
internal sealed class StyledText
{
    /// <summary>Important text.</summary>
    public const byte Strong = (byte)'`';
    /// <summary>Unimportant text.</summary>
    public const byte Faint = (byte)'_';
    /// <summary>Names.</summary>
    public const byte Named = (byte)'@';
    /// <summary>All other text.</summary>
    public const byte Plain = 0;

    private readonly OutputStream _to;
    private readonly bool _colors;
    private byte _style;

    public StyledText(OutputStream to, bool colors)
    {
        _to = to;
        _colors = colors;
    }

    /// <summary>Each symbol with its replacement of one character.</summary>
    private static ReadOnlySpan<byte> Signs => "×*−-─-┼|▲^→>≥>"u8;

    /// <summary>Writes a text with marks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Write(ReadOnlySpan<byte> text)
    {
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            bool isMark = c == Strong || c == Faint || c == Named;
            if (!isMark && (c < 0x80 || _colors)) continue;
            _to.Write(text.Slice(from, i - from));
            if (isMark) Switch(_style == c ? Plain : c);
            else i += Replace(text.Slice(i)) - 1;
            from = i + 1;
        }
        _to.Write(text.Slice(from));
    }

    /// <summary>Continues in another style.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Switch(byte style)
    {
        if (!_colors || style == _style) return;
        _style = style;
        _to.Write("\u001b[0"u8);
        _to.Write(style == Strong ? ";1;33m"u8 : style == Faint ? ";90m"u8 : style == Named ? ";36m"u8 : "m"u8);
    }

    /// <summary>Writes the replacement of the first symbol; returns the symbol's length.</summary>
    private int Replace(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> signs = Signs;
        int length = text[0] < 0xE0 ? 2 : 3;
        int at = 0;
        while (!signs.Slice(at, length).SequenceEqual(text.Slice(0, length))) at += (signs[at] < 0xE0 ? 2 : 3) + 1;
        _to.Write(signs.Slice(at + length, 1));
        return length;
    }
}
