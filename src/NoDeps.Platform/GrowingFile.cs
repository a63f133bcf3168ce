using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>A file that grows while others read it: each piece is appended immediately, without buffering.</summary>
public sealed unsafe class GrowingFile
{
    private const int Append = 0x400;
    private const int Permissions = 0x1B6; // 0666, less the umask

    private readonly int _file;

    private GrowingFile(int file) => _file = file;

    /// <summary>Opens a file for appending; creates it if it does not exist. Fault: CannotCreate.</summary>
    public static Fault Open(ReadOnlySpan<byte> path, out GrowingFile file)
    {
        file = null;
        byte* target = stackalloc byte[PathText.MaxBytes];
        if (!PathText.TryTerminate(path, target)) return Fault.Of(FaultKind.CannotCreate, "not a usable path"u8);
        nint opened = Kernel.Open(target, Kernel.WriteOnly | Kernel.Create | Append, Permissions);
        if (opened < 0) return SystemError.ToFault(FaultKind.CannotCreate, opened);
        file = new GrowingFile((int)opened);
        return Fault.None;
    }

    /// <summary>Truncates a regular file. Fault: InputOutput.</summary>
    public Fault CutTo(long length)
    {
        nint result = Kernel.SetLength(_file, length);
        return result < 0 ? SystemError.ToFault(FaultKind.InputOutput, result) : Fault.None;
    }

    /// <summary>Appends bytes. Fault: InputOutput.</summary>
    public Fault Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint result = Kernel.WriteFully(_file, start, bytes.Length);
            return result < 0 ? SystemError.ToFault(FaultKind.InputOutput, result) : Fault.None;
        }
    }
}
