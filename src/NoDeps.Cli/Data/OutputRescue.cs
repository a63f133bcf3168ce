using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Saves elsewhere what could not be saved at its destination.</summary>
internal static unsafe class OutputRescue
{
    private const int MaxPath = 4096;

    /// <summary>
    /// Saves a file in the first of $TMPDIR, /tmp, /var/tmp and /dev/shm that works, and returns a fault that contains the path.
    /// </summary>
    /// <param name="console">Provides the environment variables.</param>
    /// <param name="path">The original destination; the new name ends like it.</param>
    /// <param name="data">The content.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="fault">The fault of the original destination.</param>
    /// <param name="rescued">The path of the saved file; null if it could not be saved anywhere.</param>
    public static Fault Write(Console console, ReadOnlySpan<byte> path, byte* data, long length, Fault fault, out byte[] rescued)
    {
        rescued = null;
        ReadOnlySpan<byte> name = path.Slice(Words.LastIndexOf(path, (byte)'/') + 1);
        ReadOnlySpan<byte> place = console.Environment.Get("TMPDIR"u8);
        if (place.IsEmpty) place = "/tmp"u8;
        Utf8Writer writer = new(stackalloc byte[MaxPath]);
        for (int i = 0; !place.IsEmpty && rescued == null; i++)
        {
            if (OutputFile.Rescue(place, name, data, length, ref writer).IsNone) rescued = Words.Copy(writer.Written);
            place = WordList.At("/tmp /var/tmp /dev/shm"u8, i);
        }
        Utf8Writer hint = new(stackalloc byte[MaxPath]);
        hint.Text(rescued != null ? "it was saved as "u8 : "it could not be saved in /tmp, /var/tmp or /dev/shm either"u8);
        if (rescued != null) hint.Text(rescued);
        return Fault.Of(FaultKind.InputOutput, fault.What).WithHint(hint.Written);
    }
}
