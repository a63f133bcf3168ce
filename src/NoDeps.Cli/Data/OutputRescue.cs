using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Another place for what could not be saved where it belongs.</summary>
internal static unsafe class OutputRescue
{
    private const int MaxPath = 4096;

    /// <summary>
    /// Saves a file in $TMPDIR, /tmp, /var/tmp or /dev/shm, the first in which that works, and tells that in the fault.
    /// </summary>
    /// <param name="console">Knows the environment.</param>
    /// <param name="path">Where it belongs; the new name ends like it.</param>
    /// <param name="data">The content.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="fault">Why it is not there.</param>
    /// <param name="rescued">The path that it got; null where no place would take it.</param>
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
        hint.Text(rescued != null ? "it was saved as "u8 : "nor could it be saved in /tmp, /var/tmp or /dev/shm"u8);
        if (rescued != null) hint.Text(rescued);
        return Fault.Of(FaultKind.InputOutput, fault.What).WithHint(hint.Written);
    }
}
