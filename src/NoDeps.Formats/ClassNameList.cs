using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Parses a text file with one class name per line, in UTF-8, class 0 first.</summary>
public static class ClassNameList
{
    /// <summary>The maximum length of a file in bytes.</summary>
    public const int MaxBytes = 1 << 16;

    /// <summary>
    /// Reads the names. Lines end with LF or CRLF, which the last line may lack. A byte order mark is skipped. A name that is empty,
    /// contains control characters or is not UTF-8 is a fault.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="names">Receives the names, separated by line feeds; as long as the file.</param>
    /// <param name="length">The length of the names in bytes; 0 if the file has no names.</param>
    public static Fault Read(ReadOnlySpan<byte> file, Span<byte> names, out int length)
    {
        length = 0;
        if (file.Length > MaxBytes) return Fault.At(MaxBytes, "too long for a list of classes"u8, MaxBytes, file.Length);
        file = ByteOrderMark.Skip(file);
        // A single empty line means that there are no names.
        if (IsBlank(file)) return Fault.None;
        int at = 0, used = 0;
        for (int line = 1; at < file.Length; line++)
        {
            ReadOnlySpan<byte> rest = file.Slice(at);
            int end = rest.IndexOf((byte)'\n');
            at += end < 0 ? rest.Length : end + 1;
            ReadOnlySpan<byte> name = end < 0 ? rest : rest.Slice(0, end);
            if (!name.IsEmpty && name[name.Length - 1] == '\r') name = name.Slice(0, name.Length - 1);
            if (!IsName(name)) return Fault.AtLine(line, "not a valid class name"u8);
            if (line > 1) names[used++] = (byte)'\n';
            name.CopyTo(names.Slice(used));
            used += name.Length;
        }
        length = used;
        return Fault.None;
    }

    /// <summary>Returns true if a text is a valid class name: UTF-8, not empty, without control characters.</summary>
    public static bool IsName(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++) if (text[i] is < (byte)' ' or 0x7F) return false;
        return !text.IsEmpty && Utf8ValidLength.Of(text) == text.Length;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) =>
        text.IsEmpty || text.Length == 1 && text[0] == '\n' || text.Length == 2 && text[0] == '\r' && text[1] == '\n';
}
