using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Checks in advance everything that could fail when a file is written later, without changing an existing file.</summary>
internal static unsafe class OutputCheck
{
    private const int Private = 0x180; // 0600
    private const int ErrorNoCall = -38;
    private const int ErrorInvalid = -22;
    private const int ErrorNotSupported = -95;

    /// <summary>Checks a target; if it can only be overwritten in place, changes its method accordingly.</summary>
    /// <param name="target">The target.</param>
    /// <param name="length">The number of bytes that will be written.</param>
    public static Fault Of(ref OutputTarget target, long length)
    {
        if (target.Method == OutputMethod.StandardOutput) return Fault.None;
        // Opening a pipe would wait for its reader, or end its input; opening a device may have side effects.
        if (target.Method == OutputMethod.Stream) return ToFault(FolderCalls.TryWriting(target.Folder, target.Name));
        Fault fault = target.Exists ? Existing(ref target) : Fault.None;
        return fault.IsNone && target.Method == OutputMethod.Replace ? Replacing(in target, length) : fault;
    }

    /// <summary>Checks an existing file. A write-protected one is never replaced, not even by root, who could.</summary>
    private static Fault Existing(ref OutputTarget target)
    {
        if ((target.Status.Mode & FileStatus.OwnerWrites) == 0)
            return OutputTarget.CannotCreate("is read-only\n"u8 + "make it writable with chmod u+w, or name another file"u8);
        ulong attributes = FolderCalls.Attributes(target.Folder, target.Name);
        if ((attributes & FolderCalls.Immutable) != 0)
            return OutputTarget.CannotCreate("is immutable\n"u8 + "remove the attribute with chattr -i, or name another file"u8);
        if ((attributes & FolderCalls.AppendOnly) != 0)
            return OutputTarget.CannotCreate("is append-only\n"u8 + "remove the attribute with chattr -a, or name another file"u8);
        nint file = FolderCalls.Open(target.Folder, target.Name, Kernel.WriteOnly | Kernel.NonBlocking, 0);
        if (file < 0) return ToFault(file).WithHint("name another file"u8);
        Kernel.Close((int)file);
        if ((attributes & FolderCalls.MountRoot) != 0) target.Method = OutputMethod.InPlace;
        return Fault.None;
    }

    private static Fault Replacing(in OutputTarget target, long length)
    {
        ulong attributes = AttributesOfFolder(target.Folder);
        if ((attributes & FolderCalls.Immutable) != 0)
            return OutputTarget.CannotCreate("the directory is immutable\n"u8 +
                "remove the attribute with chattr -i, or name a file elsewhere"u8);
        if ((attributes & FolderCalls.AppendOnly) != 0)
            return OutputTarget.CannotCreate("the directory is append-only, so that no file can be replaced\n"u8 +
                "remove the attribute with chattr -a, or name a file elsewhere"u8);
        if (target.Exists && FolderCalls.TryReplacing(target.Folder, target.Name) < 0)
            return OutputTarget.CannotCreate("cannot be replaced: another user's file in a directory with the sticky bit\n"u8 +
                "name another file"u8);
        TemporaryFile.RemoveStale(target.Folder, target.NameText);
        nint result = TemporaryFile.Create(target.Folder, target.NameText, Private, out TemporaryFile temporary);
        if (result < 0) return ToFault(result);
        if (length > 0) result = Reserve(temporary.File, length);
        if (result >= 0) result = temporary.TryRenaming(target.Folder, target.NameText);
        temporary.Remove(target.Folder);
        return ToFault(result);
    }

    private static ulong AttributesOfFolder(int folder)
    {
        ReadOnlySpan<byte> itself = ".\0"u8;
        fixed (byte* name = itself) return FolderCalls.Attributes(folder, name);
    }

    /// <summary>Reserves disk space or, if the file system does not support that, at least checks the limits on file size.</summary>
    private static nint Reserve(int file, long length)
    {
        nint result = Kernel.Preallocate(file, 0, length);
        return result is ErrorNotSupported or ErrorNoCall or ErrorInvalid ? Kernel.SetLength(file, length) : result;
    }

    private static Fault ToFault(nint result) => result < 0 ? SystemError.ToFault(FaultKind.CannotCreate, result) : Fault.None;
}
