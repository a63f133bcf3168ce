using System.Runtime.InteropServices;
using System.Threading;

namespace NoDeps.Platform;

/// <summary>Signals that ask a long-running command to stop, through .NET's handlers.</summary>
public static class Interruption
{
    /// <summary>Added to a signal's number to form the exit code, as shells do.</summary>
    public const int ExitCodeBase = 128;

    private static readonly PosixSignalRegistration[] Registrations = new PosixSignalRegistration[3];
    private static int s_signal;

    /// <summary>The number of the first signal received; 0 if there was none.</summary>
    public static int Signal => Volatile.Read(ref s_signal);

    /// <summary>
    /// From now on, SIGINT, SIGTERM and SIGHUP set <see cref="Signal"/> instead of ending the process; a second one, except SIGHUP, ends
    /// it at once. If SIGHUP is ignored, as under nohup, it stays so.
    /// </summary>
    public static void Install()
    {
        bool ignoresHangUp = Kernel.IgnoresSignal(KernelSignal.HangUp);
        Registrations[0] = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, KernelSignal.Interrupt));
        Registrations[1] = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, KernelSignal.Terminate));
        if (!ignoresHangUp)
            Registrations[2] = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Take(context, KernelSignal.HangUp));
    }

    /// <summary>Does nothing, because .NET's handlers run on another thread.</summary>
    public static void EndWaits()
    {
    }

    private static void Take(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        bool isFirst = Interlocked.CompareExchange(ref s_signal, signal, 0) == 0;
        if (!isFirst && signal != KernelSignal.HangUp) Kernel.Exit(ExitCodeBase + signal);
    }
}
