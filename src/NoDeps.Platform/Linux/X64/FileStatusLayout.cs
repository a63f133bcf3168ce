namespace NoDeps.Platform;

/// <summary>Where the kernel's <c>struct stat</c> has its fields on x86-64.</summary>
internal static class FileStatusLayout
{
    public const int Bytes = 144;
    public const int ModeOffset = 24;
    public const int SizeOffset = 48;
}
