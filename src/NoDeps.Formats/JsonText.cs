using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// JSON strings (RFC 8259 section 7). Raw text is what <see cref="JsonReader"/> returns: validated, without quotes and
/// still escaped.
/// </summary>
public static class JsonText
{
    /// <summary>
    /// Unescapes raw text; the result is never longer than the raw text. Returns the number of bytes written, or −1 if
    /// they do not fit.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> to)
    {
        int length = 0;
        var bytes = new JsonUnescaper(raw);
        while (bytes.TryNext(out byte b))
        {
            if (length == to.Length) return -1;
            to[length++] = b;
        }
        return length;
    }

    /// <summary>Returns true if the raw text, unescaped, equals <paramref name="text"/>.</summary>
    public static bool EqualTo(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> text)
    {
        int at = 0;
        var bytes = new JsonUnescaper(raw);
        while (bytes.TryNext(out byte b))
        {
            if (at == text.Length || text[at] != b) return false;
            at++;
        }
        return at == text.Length;
    }

    /// <summary>
    /// Writes a string in quotes, escaping only quotes, backslashes and control characters.
    /// </summary>
    public static void Write(scoped ref Utf8Writer to, scoped ReadOnlySpan<byte> text)
    {
        to.Byte((byte)'"');
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            switch (b)
            {
                case (byte)'"': to.Text("\\\""u8); break;
                case (byte)'\\': to.Text("\\\\"u8); break;
                case (byte)'\n': to.Text("\\n"u8); break;
                case (byte)'\r': to.Text("\\r"u8); break;
                case (byte)'\t': to.Text("\\t"u8); break;
                case < 0x20:
                    to.Text("\\u"u8);
                    to.Hex(b, 4);
                    break;
                default: to.Byte(b); break;
            }
        }
        to.Byte((byte)'"');
    }
}
