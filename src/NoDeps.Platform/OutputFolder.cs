using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Creates folders, and new files in them.</summary>
public static unsafe class OutputFolder
{
    private const int FolderPermissions = 0x1FF; // 0777, less the umask
    private const int FilePermissions = 0x1B6; // 0666
    private const int MaxTemporaryName = 4096;
    private const nint AlreadyThere = -17;
    private const nint IsFolder = -21;

    /// <summary>Creates a folder unless it exists. Fault: CannotCreate.</summary>
    public static Fault Make(ReadOnlySpan<byte> path)
    {
        byte* target = stackalloc byte[PathText.MaxBytes];
        if (!PathText.TryTerminate(path, target)) return Fault.Of(FaultKind.CannotCreate, "not a usable path"u8);
        nint result = Kernel.MakeFolder(target, FolderPermissions);
        if (result != AlreadyThere) return result < 0 ? SystemError.ToFault(FaultKind.CannotCreate, result) : Fault.None;
        bool isFolder = Kernel.PathStatus(target, out int type, out _) == 0 && type == Kernel.ModeDirectory;
        return isFolder ? Fault.None : Fault.Of(FaultKind.CannotCreate, "exists and is not a directory"u8);
    }

    /// <summary>
    /// Writes a file that must not exist yet; removes it on failure. Does not synchronize it, for the sake of many small files.
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

    /// <summary>Creates a hidden folder with a unique name in another folder. Fault: CannotCreate.</summary>
    public static Fault MakeTemporary(ReadOnlySpan<byte> folder, out byte[] path)
    {
        Utf8Writer name = new(stackalloc byte[MaxTemporaryName]);
        name.Text(folder);
        name.Text("/.nodeps-tmp-"u8);
        name.Hex(Kernel.Random(), 16);
        path = new byte[name.Length];
        name.Written.CopyTo(path);
        byte* target = stackalloc byte[PathText.MaxBytes];
        if (name.Overflowed || !PathText.TryTerminate(path, target)) return Fault.Of(FaultKind.CannotCreate, "not a usable path"u8);
        nint result = Kernel.MakeFolder(target, FolderPermissions);
        return result < 0 ? SystemError.ToFault(FaultKind.CannotCreate, result) : Fault.None;
    }

    /// <summary>Renames a file or folder within a file system. Fault: CannotCreate.</summary>
    public static Fault Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        byte* source = stackalloc byte[PathText.MaxBytes], target = stackalloc byte[PathText.MaxBytes];
        if (!PathText.TryTerminate(from, source) || !PathText.TryTerminate(to, target))
            return Fault.Of(FaultKind.CannotCreate, "not a usable path"u8);
        nint result = Kernel.Rename(source, target);
        return result < 0 ? SystemError.ToFault(FaultKind.CannotCreate, result) : Fault.None;
    }

    /// <summary>Removes a folder if it is empty.</summary>
    public static void RemoveEmpty(ReadOnlySpan<byte> path)
    {
        byte* target = stackalloc byte[PathText.MaxBytes];
        if (PathText.TryTerminate(path, target)) FolderCalls.RemoveFolder(FolderCalls.WorkingFolder, target);
    }

    /// <summary>Removes a folder that this process has created, with all its content. Links are removed, not followed.</summary>
    public static void RemoveTree(ReadOnlySpan<byte> path)
    {
        byte* target = stackalloc byte[PathText.MaxBytes];
        if (!FolderListing.Read(path, out FolderListing listing).IsNone) return;
        for (int i = 0; i < listing.Count; i++)
        {
            byte[] entry = new byte[path.Length + 1 + listing[i].Length];
            Utf8Writer writer = new(entry);
            writer.Text(path);
            writer.Byte((byte)'/');
            writer.Text(listing[i]);
            if (!PathText.TryTerminate(entry, target)) continue;
            if (Kernel.Unlink(target) == IsFolder) RemoveTree(entry);
        }
        if (PathText.TryTerminate(path, target)) FolderCalls.RemoveFolder(FolderCalls.WorkingFolder, target);
    }
}
