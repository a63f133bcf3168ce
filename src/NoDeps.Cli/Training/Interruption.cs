namespace NoDeps.Cli;

/// <summary>Signals that end a training.</summary>
internal static class Interruption
{
    /// <summary>What a shell adds to a signal's number.</summary>
    public const int ExitCodeBase = 128;

    /// <summary>The number of the signal that came; 0 where none has.</summary>
    public static int Signal => 0;
}
