using System;

namespace NoDeps.Primitives;

/// <summary>Formats a <see cref="Fault"/> as the one-sentence message that the user sees.</summary>
public static class FaultText
{
    /// <summary>The maximum number of quoted bytes shown; "..." replaces the rest.</summary>
    public const int MaxQuote = 60;

    /// <summary>
    /// Appends <c>FILE: WHAT 'QUOTE' at byte N: expected X, found Y; HINT</c> without a line end, leaving out the parts
    /// that the fault lacks. A fault on a line becomes <c>FILE: line 7: WHAT 'QUOTE': HINT</c>. Control characters in
    /// any of these texts appear as \xNN. Appends nothing if there is no fault.
    /// </summary>
    public static void Write(ref Utf8Writer to, scoped ReadOnlySpan<byte> file, scoped in Fault fault)
    {
        if (fault.IsNone) return;
        bool hasPlace = fault.Offset >= 0;
        bool hasLine = fault.IsLine && hasPlace;
        WriteEscaped(ref to, file);
        if (!file.IsEmpty) to.Text(": "u8);
        if (hasLine)
        {
            to.Text("line "u8);
            to.Integer(fault.Offset);
            to.Text(": "u8);
        }
        WriteEscaped(ref to, fault.What);
        if (!fault.Quote.IsEmpty) WriteQuotation(ref to, fault.Quote);
        if (hasPlace && !hasLine)
        {
            to.Text(" at byte "u8);
            to.Integer(fault.Offset);
        }
        if (fault.HasNumbers) WriteNumbers(ref to, fault.Expected, fault.Found, fault.InHex);
        if (!fault.Hint.IsEmpty)
        {
            to.Text(hasLine ? ": "u8 : "; "u8);
            WriteEscaped(ref to, fault.Hint);
        }
    }

    private static void WriteQuotation(ref Utf8Writer to, scoped ReadOnlySpan<byte> quote)
    {
        int shown = quote.Length;
        if (shown > MaxQuote)
        {
            shown = MaxQuote;
            while (shown > MaxQuote - 4 && (quote[shown] & 0xC0) == 0x80) shown--;
        }
        to.Text(" '"u8);
        WriteEscaped(ref to, quote.Slice(0, shown));
        if (shown < quote.Length) to.Text("..."u8);
        to.Byte((byte)'\'');
    }

    private static void WriteNumbers(ref Utf8Writer to, long expected, long found, bool inHex)
    {
        int digits = ((ulong)expected | (ulong)found) >> 32 == 0 ? 8 : 16;
        to.Text(": expected "u8);
        WriteNumber(ref to, expected, inHex, digits);
        to.Text(", found "u8);
        WriteNumber(ref to, found, inHex, digits);
    }

    private static void WriteNumber(ref Utf8Writer to, long value, bool inHex, int digits)
    {
        if (inHex)
        {
            to.Text("0x"u8);
            to.Hex((ulong)value, digits);
        }
        else
        {
            to.Integer(value);
        }
    }

    /// <summary>Appends a text whose control characters a terminal would obey: they appear as \xNN.</summary>
    public static void WriteEscaped(ref Utf8Writer to, scoped ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c >= 0x20 && c != 0x7F)
            {
                to.Byte(c);
                continue;
            }
            to.Text("\\x"u8);
            to.Hex(c, 2);
        }
    }
}
