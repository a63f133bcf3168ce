namespace NoDeps.Platform;

/// <summary>The status of a file.</summary>
internal struct FileStatus
{
    private const int TypeMask = 0xF000;
    private const int TypeRegular = 0x8000;
    private const int TypeFolder = 0x4000;
    private const int TypeLink = 0xA000;
    private const int TypeCharacterDevice = 0x2000;

    /// <summary>The bits that chmod sets.</summary>
    public const int PermissionMask = 0xFFF;
    /// <summary>The owner's write permission.</summary>
    public const int OwnerWrites = 0x80;

    public ulong Device;
    public ulong Inode;
    public ulong Links;
    public int Mode;
    public uint Owner;
    public uint Group;
    public long Size;

    public readonly bool IsRegular => (Mode & TypeMask) == TypeRegular;

    public readonly bool IsFolder => (Mode & TypeMask) == TypeFolder;

    public readonly bool IsLink => (Mode & TypeMask) == TypeLink;

    public readonly bool IsCharacterDevice => (Mode & TypeMask) == TypeCharacterDevice;

    /// <summary>Returns true if both are the same file, whatever their paths.</summary>
    public readonly bool IsSame(in FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Converts from the kernel's <c>struct stat</c>.</summary>
    public static unsafe FileStatus Of(byte* buffer) => new()
    {
        Device = *(ulong*)(buffer + FileStatusLayout.DeviceOffset),
        Inode = *(ulong*)(buffer + FileStatusLayout.InodeOffset),
        Links = *(ulong*)(buffer + FileStatusLayout.LinksOffset),
        Mode = *(int*)(buffer + FileStatusLayout.ModeOffset),
        Owner = *(uint*)(buffer + FileStatusLayout.OwnerOffset),
        Group = *(uint*)(buffer + FileStatusLayout.GroupOffset),
        Size = *(long*)(buffer + FileStatusLayout.SizeOffset),
    };
}
