using System.Text;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>What a process left behind.</summary>
/// <param name="Command">The command line, for messages.</param>
/// <param name="ExitCode">Its exit code; 128 + n after signal n.</param>
/// <param name="OutputBytes">Everything written to stdout.</param>
/// <param name="ErrorBytes">Everything written to stderr.</param>
internal sealed record ProcessResult(string Command, int ExitCode, byte[] OutputBytes, byte[] ErrorBytes)
{
    /// <summary>stdout as text.</summary>
    public string Output { get; } = Encoding.UTF8.GetString(OutputBytes);

    /// <summary>stderr as text.</summary>
    public string Error { get; } = Encoding.UTF8.GetString(ErrorBytes);

    /// <summary>The lines of stdout, without the empty piece after the last line end.</summary>
    public string[] OutputLines => Lines(Output);

    /// <summary>The lines of stderr, without the empty piece after the last line end.</summary>
    public string[] ErrorLines => Lines(Error);

    /// <summary>All of it, to be shown when a test fails.</summary>
    public override string ToString() =>
        $"{Command}\nexit code {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}";

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
