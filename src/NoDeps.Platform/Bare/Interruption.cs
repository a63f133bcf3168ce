using System.Runtime.InteropServices;

namespace NoDeps.Platform;

/// <summary>Signals that ask a long-running command to stop. The handler, in start.S, only stores the number.</summary>
public static unsafe class Interruption
{
    /// <summary>Added to a signal's number to form the exit code, as shells do.</summary>
    public const int ExitCodeBase = 128;

    private const int ActionWords = 4;
    private const int FlagsWord = 1;
    private const nint Restart = 0x10000000;

    private static bool s_isInstalled;

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
        Set(Action());
        s_isInstalled = true;
    }

    /// <summary>From now on, these signals also end a system call that waits: it fails instead of being restarted.</summary>
    public static void EndWaits()
    {
        if (!s_isInstalled) return;
        nint* action = stackalloc nint[ActionWords];
        for (int i = 0; i < ActionWords; i++) action[i] = ((nint*)Action())[i];
        action[FlagsWord] &= ~Restart;
        Set(action);
    }

    private static void Set(void* action)
    {
        Kernel.SetSignal(KernelSignal.Interrupt, action);
        Kernel.SetSignal(KernelSignal.Terminate, action);
        if (!Kernel.IgnoresSignal(KernelSignal.HangUp)) Kernel.SetSignal(KernelSignal.HangUp, action);
    }
}
