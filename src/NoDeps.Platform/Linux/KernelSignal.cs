namespace NoDeps.Platform;

/// <summary>Signal numbers.</summary>
internal static class KernelSignal
{
    /// <summary>The terminal was closed.</summary>
    public const int HangUp = 1;
    /// <summary>Ctrl-C.</summary>
    public const int Interrupt = 2;
    /// <summary>A write to a pipe without a reader.</summary>
    public const int BrokenPipe = 13;
    /// <summary>Sent by kill, docker stop and systemd.</summary>
    public const int Terminate = 15;
    /// <summary>A write beyond the limit on file size.</summary>
    public const int FileTooLarge = 25;
}
