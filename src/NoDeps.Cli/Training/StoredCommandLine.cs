using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// The command lines of a training, as stored in its checkpoint: the one that started it and those that resumed it. Each word is
/// NUL-terminated, and an empty word follows each line.
/// </summary>
internal sealed unsafe class StoredCommandLine
{
    private const int MaxBytes = 1 << 24;

    private byte* _text;
    private int _length;

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Text => new(_text, _length);

    /// <summary>The address of the text.</summary>
    public byte* Data => _text;

    /// <summary>Copies the command lines from a checkpoint.</summary>
    public Fault Read(SafetensorsFile file)
    {
        Fault fault = CheckpointFile.Find(file, CheckpointPart.Arguments, SafetensorsType.U8, -1, out SafetensorsEntry entry);
        if (!fault.IsNone) return fault;
        ReadOnlySpan<byte> text = new(entry.Data, (int)Math.Min(entry.Count, MaxBytes));
        // The terminators of the last word and of the line.
        bool isWhole = text.Length > 0 && text[text.Length - 1] == 0 && (text.Length == 1 || text[text.Length - 2] == 0);
        if (!isWhole || entry.Count > MaxBytes) return Fault.Of(FaultKind.Data, "damaged checkpoint: its command line is not terminated"u8);
        return Take(text);
    }

    /// <summary>Adds a command line.</summary>
    public Fault Append(in Arguments words)
    {
        int length = _length + 1;
        for (int i = 0; i < words.WordsLeft; i++) length += words.WordAhead(i).Length + 1;
        byte[] text = new byte[length];
        Utf8Writer writer = new(text);
        writer.Text(Text);
        for (int i = 0; i < words.WordsLeft; i++)
        {
            writer.Text(words.WordAhead(i));
            writer.Byte(0);
        }
        writer.Byte(0);
        return Take(text);
    }

    /// <summary>Gets a command line by index, from 0; returns false if there is none.</summary>
    public bool TryLine(int index, out Arguments words)
    {
        words = default;
        int start = 0;
        for (; index > 0; index--)
        {
            start = EndOf(start, out _) + 1;
            if (start > _length) return false;
        }
        if (start >= _length) return false;
        EndOf(start, out int count);
        // The program's name, before the first word, is not used.
        byte** values = (byte**)Memory((count + 1) * sizeof(byte*));
        if (values == null) return false;
        byte* at = _text + start;
        for (int i = 0; i < count; i++)
        {
            values[i + 1] = at;
            at += new ReadOnlySpan<byte>(at, (int)(_text + _length - at)).IndexOf((byte)0) + 1;
        }
        words = new Arguments(count + 1, values);
        return true;
    }

    /// <summary>The offset of the empty word that ends a line, and the number of words before it.</summary>
    private int EndOf(int start, out int count)
    {
        count = 0;
        while (start < _length && _text[start] != 0)
        {
            start += new ReadOnlySpan<byte>(_text + start, _length - start).IndexOf((byte)0) + 1;
            count++;
        }
        return start;
    }

    private Fault Take(ReadOnlySpan<byte> text)
    {
        Fault fault = PageMemory.Take(text.Length, out byte* memory);
        if (!fault.IsNone) return fault;
        text.CopyTo(new Span<byte>(memory, text.Length));
        _text = memory;
        _length = text.Length;
        return fault;
    }

    private static byte* Memory(long bytes) => PageMemory.Take(bytes, out byte* memory).IsNone ? memory : null;
}
