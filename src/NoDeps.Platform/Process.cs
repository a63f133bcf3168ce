namespace NoDeps.Platform;

/// <summary>The current process.</summary>
public static unsafe class Process
{
    private const int UsageWords = 18;
    private const int PeakResidentKilobytes = 4;

    /// <summary>Ends the process with all its threads.</summary>
    public static void Exit(int code) => Kernel.Exit(code);

    /// <summary>
    /// Ignores SIGPIPE and SIGXFSZ, so that writing to a pipe without a reader or beyond the limit on file size returns an error
    /// instead of ending the process.
    /// </summary>
    public static void IgnoreWriteSignals()
    {
        Kernel.IgnoreSignal(KernelSignal.BrokenPipe);
        Kernel.IgnoreSignal(KernelSignal.FileTooLarge);
    }

    /// <summary>Peak resident memory, in bytes.</summary>
    public static long PeakResidentBytes()
    {
        long* usage = stackalloc long[UsageWords];
        for (int i = 0; i < UsageWords; i++) usage[i] = 0;
        Kernel.ResourceUsage(usage);
        return usage[PeakResidentKilobytes] * 1024;
    }
}
