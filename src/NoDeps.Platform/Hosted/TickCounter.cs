using System.Diagnostics;

namespace NoDeps.Platform;

/// <summary>.NET's counter in place of the processor's.</summary>
public static class TickCounter
{
    /// <summary>Ticks since a fixed moment, at a constant rate.</summary>
    public static long Read() => Stopwatch.GetTimestamp();
}
