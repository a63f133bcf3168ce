using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Reads the class names that a data folder lists in its classes.txt, one per line, class 0 first.</summary>
internal static unsafe class ClassList
{
    /// <summary>The name of the file.</summary>
    public static ReadOnlySpan<byte> FileName => "classes.txt"u8;

    /// <summary>
    /// Reads the list of a folder: the names, separated by <see cref="ModelMetadata.Separator"/>; empty if there is no such file. A fault
    /// names the file.
    /// </summary>
    public static Fault Read(Console console, ReadOnlySpan<byte> folder, out byte[] names)
    {
        names = [];
        ReadOnlySpan<byte> path = PathJoin.Of(folder, FileName);
        if (!InputFile.IsRegular(path)) return Fault.None;
        Fault fault = InputFile.Read(path, out byte* data, out long length);
        if (!fault.IsNone) return console.WithPath(path, fault);
        // One byte beyond the maximum, so that a longer file is a fault.
        ReadOnlySpan<byte> file = new(data, (int)Math.Min(length, ClassNameList.MaxBytes + 1));
        byte[] text = new byte[file.Length];
        fault = ClassNameList.Read(file, text, out int used);
        InputFile.Release(data, length);
        names = new byte[used];
        new ReadOnlySpan<byte>(text, 0, used).CopyTo(names);
        return console.WithPath(path, fault);
    }
}
