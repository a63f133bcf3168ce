using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Writes files atomically: each appears complete or not at all.</summary>
public static unsafe class OutputFile
{
    private const int Permissions = 0x1B6; // 0666, less the umask
    private const int Private = 0x180; // 0600
    private const int AllButSpecialBits = 0x1FF;
    private const uint Unchanged = uint.MaxValue;
    private const int KeepLength = 1;
    private const int ErrorBadFile = -9;
    private const int ErrorBusy = -16;
    private const int ErrorInvalid = -22;
    private const int ErrorReadOnly = -30;
    private const int ErrorNoSpace = -28;
    private const int ErrorTooLarge = -27;
    private const int ErrorQuota = -122;

    /// <summary>
    /// Writes <paramref name="length"/> bytes to <paramref name="path"/>, following links: first to a new file beside it, which takes
    /// its name and, if possible, its mode and owner once it is complete and on disk. On a fault, an existing file is unchanged. A
    /// device or a pipe is written to directly; see <see cref="OutputMethod"/>. Faults: CannotCreate, InputOutput.
    /// </summary>
    public static Fault Replace(ReadOnlySpan<byte> path, byte* data, long length) => Replace(path, default, data, length);

    /// <summary>Writes a header followed by data that is elsewhere in memory.</summary>
    public static Fault Replace(ReadOnlySpan<byte> path, ReadOnlySpan<byte> header, byte* data, long length)
    {
        byte* buffer = stackalloc byte[OutputTarget.BufferBytes];
        Fault fault = OutputTarget.Open(path, buffer, out OutputTarget target);
        if (fault.IsNone)
            fault = target.Method == OutputMethod.Replace ? Replace(in target, header, data, length)
                : Overwrite(in target, header, data, length);
        target.Close();
        return fault;
    }

    private static nint Write(int file, ReadOnlySpan<byte> header, byte* data, long length, bool mayWait = false)
    {
        nint result;
        fixed (byte* start = header) result = header.IsEmpty ? 0 : Kernel.WriteFully(file, start, header.Length, mayWait);
        return result < 0 ? result : Kernel.WriteFully(file, data, (nint)length, mayWait);
    }

    private static Fault Replace(in OutputTarget target, ReadOnlySpan<byte> header, byte* data, long length)
    {
        nint result = TemporaryFile.Create(target.Folder, target.NameText, target.Exists ? Private : Permissions,
            out TemporaryFile temporary);
        if (result < 0) return SystemError.ToFault(FaultKind.CannotCreate, result);
        result = Write(temporary.File, header, data, length);
        if (result >= 0 && target.Exists) CopyAttributes(temporary.File, in target.Status);
        if (result >= 0) result = Kernel.Synchronize(temporary.File);
        if (result >= 0) result = temporary.Rename(target.Folder, target.Name);
        if (result >= 0)
        {
            // Closed only now, because another process would take an unlocked file for stale.
            temporary.Close();
            result = Synchronize(target.Folder);
        }
        else
        {
            temporary.Remove(target.Folder);
            if (result == ErrorBusy) return Overwrite(in target, header, data, length);
        }
        return result < 0 ? SystemError.ToFault(FaultKind.InputOutput, result) : Fault.None;
    }

    /// <summary>Gives a new file the owner and the mode of the old one, as far as permitted.</summary>
    private static void CopyAttributes(int file, in FileStatus old)
    {
        nint result = Kernel.ChangeOwner(file, old.Owner, old.Group);
        if (result < 0) Kernel.ChangeOwner(file, Unchanged, old.Group);
        Kernel.ChangeMode(file, old.Mode & (result < 0 ? AllButSpecialBits : FileStatus.PermissionMask));
    }

    private static Fault Overwrite(in OutputTarget target, ReadOnlySpan<byte> header, byte* data, long length)
    {
        bool opens = target.Method != OutputMethod.StandardOutput;
        if (target.Method != OutputMethod.InPlace) Interruption.EndWaits();
        nint file = opens ? OpenWaiting(in target) : OutputTarget.StandardOutput;
        if (file < 0) return SystemError.ToFault(FaultKind.CannotCreate, file);
        bool hasLength = opens && target.Status.IsRegular;
        // If there is not enough disk space, the old content is kept.
        nint result = hasLength ? Kernel.Preallocate((int)file, KeepLength, header.Length + length) : 0;
        if (result is not (ErrorNoSpace or ErrorTooLarge or ErrorQuota)) result = Write((int)file, header, data, length, !hasLength);
        if (result >= 0 && hasLength) result = Kernel.SetLength((int)file, header.Length + length);
        if (result >= 0 && target.Status.IsRegular) result = Synchronize((int)file);
        nint closed = opens ? Kernel.Close((int)file) : 0;
        if (result >= 0) result = closed;
        return result < 0 ? SystemError.ToFault(FaultKind.InputOutput, result) : Fault.None;
    }

    /// <summary>Opens a file to write in place. For a named pipe, waits for its reader, until a signal asks to stop.</summary>
    private static nint OpenWaiting(in OutputTarget target)
    {
        nint file;
        int flags = Kernel.WriteOnly | Kernel.NoTerminal;
        if (target.Method == OutputMethod.Stream && Interruption.Signal != 0) flags |= Kernel.NonBlocking;
        do file = FolderCalls.OpenOnce(target.Folder, target.Name, flags, 0);
        while (file == Kernel.ErrorInterrupted && Interruption.Signal == 0);
        return file;
    }

    /// <summary>Ignores errors of file systems that cannot synchronize a folder, and of folders that may not be read.</summary>
    private static nint Synchronize(int file)
    {
        nint result = Kernel.Synchronize(file);
        return result is ErrorInvalid or ErrorBadFile or ErrorReadOnly ? 0 : result;
    }

    /// <summary>
    /// Saves data that could not be written to its destination, in a new file with a unique name that ends in
    /// <paramref name="name"/>. Only this user may read it.
    /// </summary>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="name">A file name, without slashes.</param>
    /// <param name="data">The content.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="path">Receives the path of the file.</param>
    public static Fault Rescue(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name, byte* data, long length, ref Utf8Writer path)
    {
        const int MaxName = 200;
        byte* terminated = stackalloc byte[PathText.MaxBytes];
        path.Clear();
        path.Text(folder);
        path.Text("/nodeps-"u8);
        path.Hex(Kernel.Random(), 16);
        path.Byte((byte)'-');
        while (name.Length > MaxName || name.Length > 0 && (name[0] & 0xC0) == 0x80) name = name.Slice(1);
        path.Text(name);
        if (path.Overflowed || !PathText.TryTerminate(path.Written, terminated)) return OutputTarget.CannotCreate("not a usable path"u8);
        nint file = Kernel.Open(terminated, Kernel.WriteOnly | Kernel.Create | Kernel.Exclusive | Kernel.NoFollow, Private);
        if (file < 0) return SystemError.ToFault(FaultKind.CannotCreate, file);
        nint result = Kernel.WriteFully((int)file, data, (nint)length);
        if (result >= 0) result = Kernel.Synchronize((int)file);
        nint closed = Kernel.Close((int)file);
        if (result >= 0) result = closed;
        if (result >= 0) return Fault.None;
        Kernel.Unlink(terminated);
        return SystemError.ToFault(FaultKind.InputOutput, result);
    }

    /// <summary>
    /// Returns true if output to one path would overwrite the other: if both lead to the same regular file, following links, or to the
    /// same name of a file that does not exist yet. Devices and pipes are never the same.
    /// </summary>
    public static bool IsSame(ReadOnlySpan<byte> path, ReadOnlySpan<byte> other)
    {
        byte* buffer = stackalloc byte[2 * OutputTarget.BufferBytes];
        bool isSame = OutputTarget.Open(path, buffer, out OutputTarget one).IsNone;
        isSame &= OutputTarget.Open(other, buffer + OutputTarget.BufferBytes, out OutputTarget two).IsNone;
        isSame = isSame && one.Exists == two.Exists && (one.Exists ? one.Status.IsRegular && one.Status.IsSame(in two.Status)
            : one.NameText.SequenceEqual(two.NameText) && Kernel.Status(one.Folder, out FileStatus folder) == 0
                && Kernel.Status(two.Folder, out FileStatus otherFolder) == 0 && folder.IsSame(in otherFolder));
        one.Close();
        two.Close();
        return isSame;
    }

    /// <summary>Deletes a file that this program has written.</summary>
    public static void Remove(ReadOnlySpan<byte> path)
    {
        byte* target = stackalloc byte[PathText.MaxBytes];
        if (PathText.TryTerminate(path, target)) Kernel.Unlink(target);
    }

    /// <summary>Checks whether <see cref="Replace(ReadOnlySpan{byte}, byte*, long)"/> could write a file, ignoring its length.</summary>
    public static Fault Check(ReadOnlySpan<byte> path) => Check(path, 0, out _);

    /// <summary>
    /// Checks whether <see cref="Replace(ReadOnlySpan{byte}, byte*, long)"/> would succeed, by doing everything except the last step
    /// with a file that is then removed, so that no long computation is started whose result could not be saved. Also removes temporary
    /// files left by killed processes.
    /// </summary>
    /// <param name="path">The output.</param>
    /// <param name="length">The number of bytes that will be written.</param>
    /// <param name="method">How they will be written.</param>
    public static Fault Check(ReadOnlySpan<byte> path, long length, out OutputMethod method)
    {
        byte* buffer = stackalloc byte[OutputTarget.BufferBytes];
        Fault fault = OutputTarget.Open(path, buffer, out OutputTarget target);
        if (fault.IsNone) fault = OutputCheck.Of(ref target, length);
        method = target.Method;
        target.Close();
        return fault;
    }
}
