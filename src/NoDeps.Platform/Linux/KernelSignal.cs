namespace NoDeps.Platform;

/// <summary>Numbers of signals.</summary>
internal static class KernelSignal
{
    /// <summary>The terminal was closed.</summary>
    public const int HangUp = 1;
    /// <summary>Ctrl-C.</summary>
    public const int Interrupt = 2;
    /// <summary>A pipe has lost its reader.</summary>
    public const int BrokenPipe = 13;
    /// <summary>What kill, docker stop and systemd send.</summary>
    public const int Terminate = 15;
    /// <summary>A file grew to the limit on files.</summary>
    public const int FileTooLarge = 25;
}
