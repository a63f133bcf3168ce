namespace NoDeps.Platform;

/// <summary>Time that never goes backwards.</summary>
public static unsafe class Clock
{
    private const int Monotonic = 1;

    /// <summary>Nanoseconds since some fixed moment; a system call, about 100 ns.</summary>
    public static long Nanoseconds()
    {
        long* time = stackalloc long[2];
        Kernel.ClockTime(Monotonic, time);
        return time[0] * 1_000_000_000 + time[1];
    }
}
