using System.Runtime.InteropServices;

namespace NoDeps.Platform;

/// <summary>The processor's time stamp counter: no system call, but in a unit of its own.</summary>
public static class TickCounter
{
    [DllImport("*", EntryPoint = "nd_ticks"), SuppressGCTransition]
    private static extern long Raw();

    /// <summary>Ticks since some moment, at a constant rate.</summary>
    public static long Read() => Raw();
}
