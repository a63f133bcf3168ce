using System.Runtime.InteropServices;

namespace NoDeps.Platform;

/// <summary>Signals that ask a long-running command to stop. The handler, in start.S, only stores the number.</summary>
public static unsafe class Interruption
{
    /// <summary>Added to a signal's number to form the exit code, as shells do.</summary>
    public const int ExitCodeBase = 128;

    [DllImport("*", EntryPoint = "nd_interruption"), SuppressGCTransition]
    private static extern int First();

    [DllImport("*", EntryPoint = "nd_interruption_action"), SuppressGCTransition]
    private static extern void* Action();

    /// <summary>The number of the first signal received; 0 if there was none.</summary>
    public static int Signal => First();

    /// <summary>
    /// From now on, SIGINT, SIGTERM and SIGHUP set <see cref="Signal"/> instead of ending the process; a second one, except SIGHUP, ends
    /// it at once. If SIGHUP is ignored, as under nohup, it stays so.
    /// </summary>
    public static void Install()
    {
        Kernel.SetSignal(KernelSignal.Interrupt, Action());
        Kernel.SetSignal(KernelSignal.Terminate, Action());
        if (!Kernel.IgnoresSignal(KernelSignal.HangUp)) Kernel.SetSignal(KernelSignal.HangUp, Action());
    }
}
