using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Makes folders, and new files in them.</summary>
public static unsafe class OutputFolder
{
    private const int FolderPermissions = 0x1FF; // 0777, less the umask
    private const int FilePermissions = 0x1B6; // 0666
    private const nint AlreadyThere = -17;

    /// <summary>Makes a folder, unless it is there. Fault: CannotCreate.</summary>
    public static Fault Make(ReadOnlySpan<byte> path)
    {
        byte* target = stackalloc byte[PathText.MaxBytes];
        if (!PathText.TryTerminate(path, target)) return Fault.Of(FaultKind.CannotCreate, "not a usable path"u8);
        nint result = Kernel.MakeFolder(target, FolderPermissions);
        if (result != AlreadyThere) return result < 0 ? SystemError.ToFault(FaultKind.CannotCreate, result) : Fault.None;
        bool isFolder = Kernel.PathStatus(target, out int type, out _) == 0 && type == Kernel.ModeDirectory;
        return isFolder ? Fault.None : Fault.Of(FaultKind.CannotCreate, "a file is where a folder is wanted"u8);
    }

    /// <summary>
    /// Writes a file that must not be there yet; what a failure leaves of it is removed. Not synced: for many small files.
    /// </summary>
    public static Fault WriteNew(ReadOnlySpan<byte> path, byte* data, long length)
    {
        byte* target = stackalloc byte[PathText.MaxBytes];
        if (!PathText.TryTerminate(path, target)) return Fault.Of(FaultKind.CannotCreate, "not a usable path"u8);
        nint file = Kernel.Open(target, Kernel.WriteOnly | Kernel.Create | Kernel.Exclusive, FilePermissions);
        if (file < 0) return SystemError.ToFault(FaultKind.CannotCreate, file);
        nint result = Kernel.WriteFully((int)file, data, (nint)length);
        nint closed = Kernel.Close((int)file);
        if (result >= 0) result = closed;
        if (result >= 0) return Fault.None;
        Kernel.Unlink(target);
        return SystemError.ToFault(FaultKind.InputOutput, result);
    }
}
