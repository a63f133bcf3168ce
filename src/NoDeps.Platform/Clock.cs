namespace NoDeps.Platform;

/// <summary>The monotonic clock.</summary>
public static unsafe class Clock
{
    private const int Monotonic = 1;

    /// <summary>Nanoseconds since an arbitrary fixed moment. A system call, which takes about 100 ns.</summary>
    public static long Nanoseconds()
    {
        long* time = stackalloc long[2];
        Kernel.ClockTime(Monotonic, time);
        return time[0] * 1_000_000_000 + time[1];
    }
}
