using System.Runtime.InteropServices;
using NoDeps.Cli;
using NoDeps.Platform;

/// <summary>Where start.S hands over.</summary>
internal static unsafe class Entry
{
    [UnmanagedCallersOnly(EntryPoint = "nd_main")]
    private static int Start(nint* block, int level)
    {
        ProcessorLevel.Set(level);
        return Program.Run((int)block[0], (byte**)(block + 1));
    }

    /// <summary>csc wants one in an executable; ilc roots it, the linker drops it.</summary>
    private static void Main()
    {
    }
}
