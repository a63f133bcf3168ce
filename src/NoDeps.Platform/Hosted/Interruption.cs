using System.Runtime.InteropServices;
using System.Threading;

namespace NoDeps.Platform;

/// <summary>Signals that ask a long work to stop, by way of .NET's handlers.</summary>
public static class Interruption
{
    /// <summary>What a shell adds to a signal's number.</summary>
    public const int ExitCodeBase = 128;

    private static readonly PosixSignalRegistration[] Registrations = new PosixSignalRegistration[3];
    private static int s_signal;

    /// <summary>The number of the first signal that came; 0 where none has.</summary>
    public static int Signal => Volatile.Read(ref s_signal);

    /// <summary>
    /// From now on SIGINT, SIGTERM and SIGHUP no longer end the process but are told by <see cref="Signal"/>; a second one, other than
    /// SIGHUP, ends it at once. A SIGHUP that is ignored, as nohup does, stays so.
    /// </summary>
    public static void Install()
    {
        bool ignoresHangUp = Kernel.IgnoresSignal(KernelSignal.HangUp);
        Registrations[0] = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, KernelSignal.Interrupt));
        Registrations[1] = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, KernelSignal.Terminate));
        if (!ignoresHangUp)
            Registrations[2] = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Take(context, KernelSignal.HangUp));
    }

    private static void Take(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        bool isFirst = Interlocked.CompareExchange(ref s_signal, signal, 0) == 0;
        if (!isFirst && signal != KernelSignal.HangUp) Kernel.Exit(ExitCodeBase + signal);
    }
}
