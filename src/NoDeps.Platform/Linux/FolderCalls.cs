namespace NoDeps.Platform;

/// <summary>
/// The system calls on a name within an open folder: they go on to mean the same file when the folder is moved, and a name may be
/// as long as the file system allows. Names are NUL-terminated; results are the kernel's: 0 or more, or −errno.
/// </summary>
internal static unsafe class FolderCalls
{
    /// <summary>The working folder, in the place of a descriptor.</summary>
    public const int WorkingFolder = -100;

    /// <summary>Attributes of files, of <c>statx</c>: what chattr sets, and that something is mounted there.</summary>
    public const ulong Immutable = 0x10;
    public const ulong AppendOnly = 0x20;
    public const ulong MountRoot = 0x2000;

    /// <summary>Where links lead to open files, and not to names.</summary>
    public const long ProcessFileSystem = 0x9FA0;

    private const int NoFollow = 0x100;
    private const int FolderItself = 0x200;
    private const int PathOnly = 0x200000;
    private const int MayWrite = 2;
    private const int ExtendedStatusBytes = 256;
    private const int AttributesOffset = 8;
    private const int FileSystemStatusBytes = 120;
    private const int ErrorInterrupted = -4;
    private const int ErrorAccess = -13;

    public static nint Open(int folder, byte* name, int flags, int mode)
    {
        nint result;
        do result = SystemCall.Invoke(SystemCallNumber.OpenAt, folder, (nint)name, flags | Kernel.CloseOnExec, mode);
        while (result == ErrorInterrupted);
        return result;
    }

    /// <summary>Opens a folder: to be read where that is allowed, else only for what lies in it.</summary>
    public static nint OpenFolder(int folder, byte* name)
    {
        nint result = Open(folder, name, Kernel.ReadOnly | Kernel.Folder, 0);
        return result == ErrorAccess ? Open(folder, name, PathOnly | Kernel.Folder, 0) : result;
    }

    /// <summary>Links are followed.</summary>
    public static nint Status(int folder, byte* name, out FileStatus status) => Status(folder, name, 0, out status);

    /// <summary>Of a link itself, where the name is one.</summary>
    public static nint OwnStatus(int folder, byte* name, out FileStatus status) => Status(folder, name, NoFollow, out status);

    private static nint Status(int folder, byte* name, int flags, out FileStatus status)
    {
        byte* buffer = stackalloc byte[FileStatusLayout.Bytes];
        nint result = SystemCall.Invoke(SystemCallNumber.StatusAt, folder, (nint)name, (nint)buffer, flags);
        status = result == 0 ? FileStatus.Of(buffer) : default;
        return result;
    }

    /// <summary><see cref="Immutable"/> and its like; 0 where the system does not tell.</summary>
    public static ulong Attributes(int folder, byte* name)
    {
        byte* buffer = stackalloc byte[ExtendedStatusBytes];
        nint result = SystemCall.Invoke(SystemCallNumber.ExtendedStatus, folder, (nint)name, NoFollow, 0, (nint)buffer);
        return result == 0 ? *(ulong*)(buffer + AttributesOffset) : 0;
    }

    /// <summary>The number of an open file's file system.</summary>
    public static long FileSystem(int file)
    {
        byte* buffer = stackalloc byte[FileSystemStatusBytes];
        nint result = SystemCall.Invoke(SystemCallNumber.FileSystemStatus, file, (nint)buffer);
        return result == 0 ? *(long*)buffer : 0;
    }

    /// <summary>The text of a link; its length.</summary>
    public static nint ReadLink(int folder, byte* name, byte* text, nint room) =>
        SystemCall.Invoke(SystemCallNumber.ReadLinkAt, folder, (nint)name, (nint)text, room);

    /// <summary>0 where the user may write.</summary>
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
    /// Whether a regular file may be replaced: 0 or −errno. The kernel is asked to remove it as if it were a folder, which looks
    /// at the permissions first (sticky, immutable and append-only files and folders) and then refuses, as it is none.
    /// </summary>
    public static nint TryReplacing(int folder, byte* name)
    {
        const int ErrorPermission = -1;
        nint result = SystemCall.Invoke(SystemCallNumber.UnlinkAt, folder, (nint)name, FolderItself);
        return result == ErrorPermission ? result : 0;
    }
}
