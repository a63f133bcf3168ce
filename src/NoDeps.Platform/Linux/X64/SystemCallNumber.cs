namespace NoDeps.Platform;

/// <summary>System call numbers of Linux on x86-64 (arch/x86/entry/syscalls/syscall_64.tbl).</summary>
internal static class SystemCallNumber
{
    public const int Read = 0;
    public const int Write = 1;
    public const int Open = 2;
    public const int Close = 3;
    public const int Status = 4;
    public const int FileStatus = 5;
    public const int Map = 9;
    public const int Protect = 10;
    public const int Unmap = 11;
    public const int SignalAction = 13;
    public const int DeviceControl = 16;
    public const int Remap = 25;
    public const int Advise = 28;
    public const int ProcessId = 39;
    public const int Lock = 73;
    public const int SynchronizeFile = 74;
    public const int SetLength = 77;
    public const int Rename = 82;
    public const int MakeFolder = 83;
    public const int Unlink = 87;
    public const int ChangeMode = 91;
    public const int ChangeOwner = 93;
    public const int ResourceUsage = 98;
    public const int EffectiveUser = 107;
    public const int FileSystemStatus = 138;
    public const int Futex = 202;
    public const int ProcessorAffinity = 204;
    public const int FolderEntries = 217;
    public const int ClockTime = 228;
    public const int ExitGroup = 231;
    public const int OpenAt = 257;
    public const int StatusAt = 262;
    public const int UnlinkAt = 263;
    public const int RenameAt = 264;
    public const int ReadLinkAt = 267;
    /// <summary>ppoll, which every architecture has.</summary>
    public const int Poll = 271;
    public const int AccessAt = 269;
    public const int Preallocate = 285;
    public const int Random = 318;
    public const int ExtendedStatus = 332;
}
