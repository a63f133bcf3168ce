using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The names of classes that a folder of data lists in its classes.txt, one per line, class 0 first.</summary>
internal static unsafe class ClassList
{
    private const int MaxBytes = 1 << 16;

    /// <summary>What the file is called.</summary>
    public static ReadOnlySpan<byte> FileName => "classes.txt"u8;

    /// <summary>
    /// Reads the list of a folder: the names with <see cref="ModelMetadata.Separator"/> between them, empty where there is no such
    /// file. A fault names the file.
    /// </summary>
    public static Fault Read(Console console, ReadOnlySpan<byte> folder, out byte[] names)
    {
        names = [];
        ReadOnlySpan<byte> path = PathJoin.Of(folder, FileName);
        if (!InputFile.IsRegular(path)) return Fault.None;
        Fault fault = InputFile.Read(path, out byte* data, out long length);
        if (fault.IsNone && length > MaxBytes) fault = Fault.At(MaxBytes, "too long for a list of classes"u8, MaxBytes, length);
        if (!fault.IsNone) return console.WithPath(path, fault);
        byte[] text = new byte[(int)length];
        int used = 0, line = 1, lineStart = 0;
        for (int i = 0; i < length; i++)
        {
            if (data[i] == '\r' && (i + 1 == length || data[i + 1] == '\n')) continue;
            if (data[i] == '\n' && i + 1 == length) break;
            bool isEnd = data[i] == '\n';
            if (isEnd && used == lineStart || data[i] < ' ' && !isEnd)
                return console.WithPath(path, Fault.AtLine(line, "a line that is no name of a class"u8));
            text[used++] = data[i];
            if (!isEnd) continue;
            line++;
            lineStart = used;
        }
        InputFile.Release(data, length);
        names = new byte[used];
        new ReadOnlySpan<byte>(text, 0, used).CopyTo(names);
        return fault;
    }
}
