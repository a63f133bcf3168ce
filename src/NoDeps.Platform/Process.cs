namespace NoDeps.Platform;

/// <summary>The process itself.</summary>
public static unsafe class Process
{
    private const int UsageWords = 18;
    private const int PeakResidentKilobytes = 4;

    /// <summary>Ends the process with all its threads.</summary>
    public static void Exit(int code) => Kernel.Exit(code);

    /// <summary>
    /// A pipe without a reader and a file at its limit are errors that a write returns, and no longer signals that end the process.
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
