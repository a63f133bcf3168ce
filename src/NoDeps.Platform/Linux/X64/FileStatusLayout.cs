namespace NoDeps.Platform;

/// <summary>The offsets of the fields of the kernel's <c>struct stat</c> on x86-64.</summary>
internal static class FileStatusLayout
{
    public const int Bytes = 144;
    public const int DeviceOffset = 0;
    public const int InodeOffset = 8;
    public const int LinksOffset = 16;
    public const int ModeOffset = 24;
    public const int OwnerOffset = 28;
    public const int GroupOffset = 32;
    public const int SizeOffset = 48;
}
