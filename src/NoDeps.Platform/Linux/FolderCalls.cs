namespace NoDeps.Platform;

/// <summary>
/// System calls on a name in an open folder: they keep referring to the same file if the folder is moved, and the name may be as long
/// as the file system allows. Names are NUL-terminated; results are the kernel's: 0 or more, or −errno.
/// </summary>
internal static unsafe class FolderCalls
{
    /// <summary>The working folder, in place of a descriptor.</summary>
    public const int WorkingFolder = -100;

    /// <summary>File attributes of <c>statx</c>: those set by chattr, and whether the file is a mount point.</summary>
    public const ulong Immutable = 0x10;
    public const ulong AppendOnly = 0x20;
    public const ulong MountRoot = 0x2000;

    /// <summary>The type of procfs, whose links lead to open files instead of names.</summary>
    public const long ProcessFileSystem = 0x9FA0;

    private const int NoFollow = 0x100;
    private const int FolderItself = 0x200;
    private const int PathOnly = 0x200000;
    private const int MayWrite = 2;
    private const int ExtendedStatusBytes = 256;
    private const int AttributesOffset = 8;
    private const int FileSystemStatusBytes = 120;
    private const int ErrorAccess = -13;

    public static nint Open(int folder, byte* name, int flags, int mode)
    {
        nint result;
        do result = OpenOnce(folder, name, flags, mode);
        while (result == Kernel.ErrorInterrupted);
        return result;
    }

    /// <summary>The same, but not repeated when interrupted.</summary>
    public static nint OpenOnce(int folder, byte* name, int flags, int mode) =>
        SystemCall.Invoke(SystemCallNumber.OpenAt, folder, (nint)name, flags | Kernel.CloseOnExec, mode);

    /// <summary>Opens a folder for reading or, if that is not permitted, only as a base for names.</summary>
    public static nint OpenFolder(int folder, byte* name)
    {
        nint result = Open(folder, name, Kernel.ReadOnly | Kernel.Folder, 0);
        return result == ErrorAccess ? Open(folder, name, PathOnly | Kernel.Folder, 0) : result;
    }

    /// <summary>The status of a file, following links.</summary>
    public static nint Status(int folder, byte* name, out FileStatus status) => Status(folder, name, 0, out status);

    /// <summary>The status of a file, or of a link itself.</summary>
    public static nint OwnStatus(int folder, byte* name, out FileStatus status) => Status(folder, name, NoFollow, out status);

    private static nint Status(int folder, byte* name, int flags, out FileStatus status)
    {
        byte* buffer = stackalloc byte[FileStatusLayout.Bytes];
        nint result = SystemCall.Invoke(SystemCallNumber.StatusAt, folder, (nint)name, (nint)buffer, flags);
        status = result == 0 ? FileStatus.Of(buffer) : default;
        return result;
    }

    /// <summary>The attributes of a file, such as <see cref="Immutable"/>; 0 if the system does not support them.</summary>
    public static ulong Attributes(int folder, byte* name)
    {
        byte* buffer = stackalloc byte[ExtendedStatusBytes];
        nint result = SystemCall.Invoke(SystemCallNumber.ExtendedStatus, folder, (nint)name, NoFollow, 0, (nint)buffer);
        return result == 0 ? *(ulong*)(buffer + AttributesOffset) : 0;
    }

    /// <summary>The type of an open file's file system.</summary>
    public static long FileSystem(int file)
    {
        byte* buffer = stackalloc byte[FileSystemStatusBytes];
        nint result = SystemCall.Invoke(SystemCallNumber.FileSystemStatus, file, (nint)buffer);
        return result == 0 ? *(long*)buffer : 0;
    }

    /// <summary>Reads the target of a link and returns its length.</summary>
    public static nint ReadLink(int folder, byte* name, byte* text, nint capacity) =>
        SystemCall.Invoke(SystemCallNumber.ReadLinkAt, folder, (nint)name, (nint)text, capacity);

    /// <summary>Returns 0 if the user may write the file.</summary>
    public static nint TryWriting(int folder, byte* name) =>
        SystemCall.Invoke(SystemCallNumber.AccessAt, folder, (nint)name, MayWrite);

    public static nint Rename(int folder, byte* from, byte* to) =>
        SystemCall.Invoke(SystemCallNumber.RenameAt, folder, (nint)from, folder, (nint)to);

    public static nint Unlink(int folder, byte* name) =>
        SystemCall.Invoke(SystemCallNumber.UnlinkAt, folder, (nint)name, 0);

    /// <summary>Removes an empty folder.</summary>
    public static nint RemoveFolder(int folder, byte* name) =>
        SystemCall.Invoke(SystemCallNumber.UnlinkAt, folder, (nint)name, FolderItself);

    /// <summary>
    /// Checks whether a regular file may be replaced: 0 or −errno. Asks the kernel to remove it as if it were a folder: the kernel checks
    /// the permissions first (sticky, immutable and append-only files and folders) and then refuses because it is not a folder.
    /// </summary>
    public static nint TryReplacing(int folder, byte* name)
    {
        const int ErrorPermission = -1;
        nint result = SystemCall.Invoke(SystemCallNumber.UnlinkAt, folder, (nint)name, FolderItself);
        return result == ErrorPermission ? result : 0;
    }
}
