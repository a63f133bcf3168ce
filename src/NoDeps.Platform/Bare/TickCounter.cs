using System.Runtime.InteropServices;

namespace NoDeps.Platform;

/// <summary>The processor's time stamp counter, which needs no system call but has its own unit.</summary>
public static class TickCounter
{
    [DllImport("*", EntryPoint = "nd_ticks"), SuppressGCTransition]
    private static extern long Raw();

    /// <summary>Ticks since a fixed moment, at a constant rate.</summary>
    public static long Read() => Raw();
}
