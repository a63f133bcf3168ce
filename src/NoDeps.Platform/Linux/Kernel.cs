namespace NoDeps.Platform;

/// <summary>
/// Typed wrappers of the system calls. Results are the kernel's: 0 or more, or −errno. Interrupted calls and short reads
/// and writes are handled here and nowhere else.
/// </summary>
internal static unsafe class Kernel
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int Truncate = 0x200;
    public const int NonBlocking = 0x800;
    public const int Folder = 0x10000;
    public const int NoFollow = 0x20000;
    public const int NoTerminal = 0x100;
    public const int CloseOnExec = 0x80000;

    public const int ErrorInterrupted = -4;
    private const int ErrorTryAgain = -11;
    private const short ReadyToRead = 1;
    private const short ReadyToWrite = 4;
    private const int AdviceLargePages = 14;
    private const int ProtectRead = 1;
    private const int ProtectWrite = 2;
    private const int MapPrivate = 2;
    private const int MapAnonymous = 0x20;
    private const int RemapMayMove = 1;
    private const int SignalIgnored = 1;
    private const int SignalActionWords = 4;
    private const int SignalMaskBytes = 8;
    private const int ModeMask = 0xF000;

    /// <summary>File types in the mode of <see cref="Status"/>.</summary>
    public const int ModeRegular = 0x8000;
    public const int ModeDirectory = 0x4000;

    /// <param name="path">NUL-terminated.</param>
    public static nint Open(byte* path, int flags, int mode)
    {
        nint result;
        do result = SystemCall.Invoke(SystemCallNumber.Open, (nint)path, flags | CloseOnExec, mode);
        while (result == ErrorInterrupted);
        return result;
    }

    /// <summary>Not repeated when interrupted: on Linux, the descriptor is closed in any case.</summary>
    public static nint Close(int file) => SystemCall.Invoke(SystemCallNumber.Close, file);

    /// <summary>Reads what is available, at least one byte unless the input has ended; returns the number of bytes.</summary>
    public static nint Read(int file, byte* destination, nint count)
    {
        nint got;
        do got = SystemCall.Invoke(SystemCallNumber.Read, file, (nint)destination, count);
        while (got == ErrorInterrupted || got == ErrorTryAgain && IsReady(file, ReadyToRead));
        return got;
    }

    /// <summary>
    /// Waits for a file that another process has made non-blocking, such as a terminal or pipe that is shared with it. Returns false
    /// if waiting is not possible.
    /// </summary>
    private static bool IsReady(int file, short what)
    {
        // struct pollfd: the descriptor, the events to wait for, those that occurred.
        int* request = stackalloc int[2];
        request[0] = file;
        nint result;
        do
        {
            request[1] = what;
            result = SystemCall.Invoke(SystemCallNumber.Poll, (nint)request, 1, 0, 0, SignalMaskBytes);
        }
        while (result == ErrorInterrupted);
        return result > 0;
    }

    /// <summary>Reads entries of an open folder (getdents64); returns the bytes written, 0 at the end.</summary>
    public static nint FolderEntries(int file, byte* destination, nint bytes) =>
        SystemCall.Invoke(SystemCallNumber.FolderEntries, file, (nint)destination, bytes);

    /// <summary>Reads until <paramref name="count"/> bytes have arrived or the input ends; returns the number of bytes.</summary>
    public static nint ReadFully(int file, byte* destination, nint count)
    {
        nint done = 0;
        while (done < count)
        {
            nint got = Read(file, destination + done, count - done);
            if (got < 0) return got;
            if (got == 0) break;
            done += got;
        }
        return done;
    }

    /// <summary>Writes all bytes; returns 0 or −errno.</summary>
    /// <param name="file">The descriptor.</param>
    /// <param name="source">The bytes.</param>
    /// <param name="count">Their number.</param>
    /// <param name="mayWait">True if the reader of a pipe may never come: then a signal that asks to stop ends the wait.</param>
    public static nint WriteFully(int file, byte* source, nint count, bool mayWait = false)
    {
        nint done = 0;
        while (done < count)
        {
            nint put = SystemCall.Invoke(SystemCallNumber.Write, file, (nint)(source + done), count - done);
            bool isStopped = mayWait && Interruption.Signal != 0;
            if (put == ErrorTryAgain && !isStopped && IsReady(file, ReadyToWrite)) continue;
            if (put < 0 && put != ErrorInterrupted) return put;
            if (put > 0) done += put;
            if (done < count && isStopped) return ErrorInterrupted;
        }
        return 0;
    }

    /// <summary>Gets the type (<see cref="ModeRegular"/>, …) and size of an open file; returns 0 or −errno.</summary>
    public static nint Status(int file, out int type, out long size)
    {
        byte* buffer = stackalloc byte[FileStatusLayout.Bytes];
        nint result = SystemCall.Invoke(SystemCallNumber.FileStatus, file, (nint)buffer);
        return Unpack(result, buffer, out type, out size);
    }

    /// <summary>Gets the type and size of the file at a path, following links; returns 0 or −errno.</summary>
    public static nint PathStatus(byte* path, out int type, out long size)
    {
        byte* buffer = stackalloc byte[FileStatusLayout.Bytes];
        nint result = SystemCall.Invoke(SystemCallNumber.Status, (nint)path, (nint)buffer);
        return Unpack(result, buffer, out type, out size);
    }

    private static nint Unpack(nint result, byte* buffer, out int type, out long size)
    {
        type = result == 0 ? *(int*)(buffer + FileStatusLayout.ModeOffset) & ModeMask : 0;
        size = result == 0 ? *(long*)(buffer + FileStatusLayout.SizeOffset) : 0;
        return result;
    }

    public static nint MapFile(int file, nint bytes) =>
        SystemCall.Invoke(SystemCallNumber.Map, 0, bytes, ProtectRead, MapPrivate, file, 0);

    public static nint MapMemory(nint bytes) =>
        SystemCall.Invoke(SystemCallNumber.Map, 0, bytes, ProtectRead | ProtectWrite, MapPrivate | MapAnonymous, -1, 0);

    public static nint Remap(void* address, nint bytes, nint newBytes) =>
        SystemCall.Invoke(SystemCallNumber.Remap, (nint)address, bytes, newBytes, RemapMayMove);

    public static nint Unmap(void* address, nint bytes) =>
        SystemCall.Invoke(SystemCallNumber.Unmap, (nint)address, bytes);

    /// <summary>Requests huge pages where the system supports them.</summary>
    public static nint PreferLargePages(nint address, nint bytes) =>
        SystemCall.Invoke(SystemCallNumber.Advise, address, bytes, AdviceLargePages);

    /// <summary>Makes pages inaccessible.</summary>
    public static nint Forbid(void* address, nint bytes) =>
        SystemCall.Invoke(SystemCallNumber.Protect, (nint)address, bytes, 0);

    public static nint Rename(byte* from, byte* to) => SystemCall.Invoke(SystemCallNumber.Rename, (nint)from, (nint)to);

    public static nint Unlink(byte* path) => SystemCall.Invoke(SystemCallNumber.Unlink, (nint)path);

    public static nint Synchronize(int file)
    {
        nint result;
        do result = SystemCall.Invoke(SystemCallNumber.SynchronizeFile, file);
        while (result == ErrorInterrupted);
        return result;
    }

    /// <summary>Gets the status of an open file.</summary>
    public static nint Status(int file, out FileStatus status)
    {
        byte* buffer = stackalloc byte[FileStatusLayout.Bytes];
        nint result = SystemCall.Invoke(SystemCallNumber.FileStatus, file, (nint)buffer);
        status = result == 0 ? FileStatus.Of(buffer) : default;
        return result;
    }

    /// <summary>Extends a file with zeros, or truncates it.</summary>
    public static nint SetLength(int file, long length) => SystemCall.Invoke(SystemCallNumber.SetLength, file, (nint)length);

    /// <summary>Reserves disk space for a file's first bytes; if <paramref name="mode"/> is 1, its length does not change.</summary>
    public static nint Preallocate(int file, int mode, long length)
    {
        nint result;
        do result = SystemCall.Invoke(SystemCallNumber.Preallocate, file, mode, 0, (nint)length);
        while (result == ErrorInterrupted);
        return result;
    }

    public static nint ChangeMode(int file, int mode) => SystemCall.Invoke(SystemCallNumber.ChangeMode, file, mode);

    public static nint ChangeOwner(int file, uint owner, uint group) =>
        SystemCall.Invoke(SystemCallNumber.ChangeOwner, file, (nint)owner, (nint)group);

    /// <summary>Locks an open file exclusively (flock) until it is closed.</summary>
    public static nint Lock(int file, bool waits)
    {
        const int Exclusively = 2, WithoutWaiting = 4;
        nint result;
        do result = SystemCall.Invoke(SystemCallNumber.Lock, file, waits ? Exclusively : Exclusively | WithoutWaiting);
        while (result == ErrorInterrupted);
        return result;
    }

    /// <summary>The owner of the files that this process creates.</summary>
    public static uint EffectiveUser() => (uint)SystemCall.Invoke(SystemCallNumber.EffectiveUser);

    /// <summary>An unpredictable number or, if the system has none available, one that differs between processes.</summary>
    public static ulong Random()
    {
        const int WithoutWaiting = 1, Monotonic = 1;
        ulong number = 0;
        if (SystemCall.Invoke(SystemCallNumber.Random, (nint)(&number), sizeof(ulong), WithoutWaiting) == sizeof(ulong)) return number;
        long* time = stackalloc long[2];
        ClockTime(Monotonic, time);
        return ((ulong)time[1] << 32 ^ (ulong)time[0] << 16 ^ (ulong)ProcessId()) * 0x9E3779B97F4A7C15;
    }

    /// <summary>Ignores a signal that would end the process; the system call that caused it returns an error instead.</summary>
    public static void IgnoreSignal(int signal)
    {
        nint* action = stackalloc nint[SignalActionWords];
        action[0] = SignalIgnored;
        action[1] = action[2] = action[3] = 0;
        SetSignal(signal, action);
    }

    /// <summary>Sets the action of a signal: the kernel's struct sigaction, which is handler, flags, restorer, mask.</summary>
    public static void SetSignal(int signal, void* action) =>
        SystemCall.Invoke(SystemCallNumber.SignalAction, signal, (nint)action, 0, SignalMaskBytes);

    public static bool IgnoresSignal(int signal)
    {
        nint* action = stackalloc nint[SignalActionWords];
        nint result = SystemCall.Invoke(SystemCallNumber.SignalAction, signal, 0, (nint)action, SignalMaskBytes);
        return result == 0 && action[0] == SignalIgnored;
    }

    public static nint DeviceControl(int file, int request, void* argument) =>
        SystemCall.Invoke(SystemCallNumber.DeviceControl, file, request, (nint)argument);

    /// <param name="path">NUL-terminated.</param>
    /// <param name="mode">Permissions, before the umask.</param>
    public static nint MakeFolder(byte* path, int mode) => SystemCall.Invoke(SystemCallNumber.MakeFolder, (nint)path, mode);

    public static nint ProcessId() => SystemCall.Invoke(SystemCallNumber.ProcessId);

    public static void ClockTime(int clock, long* secondsAndNanoseconds) =>
        SystemCall.Invoke(SystemCallNumber.ClockTime, clock, (nint)secondsAndNanoseconds);

    /// <summary>Returns the number of bytes that the kernel wrote to the mask, or −errno.</summary>
    public static nint ProcessorAffinity(ulong* mask, nint bytes) =>
        SystemCall.Invoke(SystemCallNumber.ProcessorAffinity, 0, bytes, (nint)mask);

    public static nint ResourceUsage(long* usage) => SystemCall.Invoke(SystemCallNumber.ResourceUsage, 0, (nint)usage);

    /// <summary>Sleeps while *<paramref name="word"/> is <paramref name="value"/>; may wake spuriously.</summary>
    public static void FutexWait(int* word, int value) =>
        SystemCall.Invoke(SystemCallNumber.Futex, (nint)word, 128, value);

    /// <summary>Wakes all threads that sleep on <paramref name="word"/>.</summary>
    public static void FutexWakeAll(int* word) =>
        SystemCall.Invoke(SystemCallNumber.Futex, (nint)word, 128 | 1, int.MaxValue);

    public static void Exit(int code)
    {
        while (true) SystemCall.Invoke(SystemCallNumber.ExitGroup, code);
    }
}
