using System.Runtime.InteropServices;

namespace NoDeps.Platform;

/// <summary>Signals that ask a long work to stop. The handler, in start.S, only keeps the number.</summary>
public static unsafe class Interruption
{
    /// <summary>What a shell adds to a signal's number.</summary>
    public const int ExitCodeBase = 128;

    [DllImport("*", EntryPoint = "nd_interruption"), SuppressGCTransition]
    private static extern int First();

    [DllImport("*", EntryPoint = "nd_interruption_action"), SuppressGCTransition]
    private static extern void* Action();

    /// <summary>The number of the first signal that came; 0 where none has.</summary>
    public static int Signal => First();

    /// <summary>
    /// From now on SIGINT, SIGTERM and SIGHUP no longer end the process but are told by <see cref="Signal"/>; a second one, other than
    /// SIGHUP, ends it at once. A SIGHUP that is ignored, as nohup does, stays so.
    /// </summary>
    public static void Install()
    {
        Kernel.SetSignal(KernelSignal.Interrupt, Action());
        Kernel.SetSignal(KernelSignal.Terminate, Action());
        if (!Kernel.IgnoresSignal(KernelSignal.HangUp)) Kernel.SetSignal(KernelSignal.HangUp, Action());
    }
}
