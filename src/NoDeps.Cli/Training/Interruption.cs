namespace NoDeps.Cli;

/// <summary>Signals that end a training.</summary>
internal static class Interruption
{
    /// <summary>The offset that a shell adds to a signal's number.</summary>
    public const int ExitCodeBase = 128;

    /// <summary>The number of the signal received; 0 for none.</summary>
    public static int Signal => 0;
}
