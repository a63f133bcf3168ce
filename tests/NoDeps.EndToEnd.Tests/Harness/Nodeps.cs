using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>Runs the program under test, and reads what it prints as its users are promised it.</summary>
internal static partial class Nodeps
{
    /// <summary>Exit codes, as sysexits.h names them.</summary>
    public const int Success = 0, Usage = 64, Data = 65, NoInput = 66, Unavailable = 69, SystemFault = 71,
        CannotCreate = 73, InputOutput = 74;

    /// <summary>Runs out/nodeps with these arguments.</summary>
    public static ProcessResult Run(params string[] arguments)
    {
        Assert.True(File.Exists(Repository.Binary), $"{Repository.Binary} is not there: run make build first");
        return Command.Run(Repository.Binary, arguments);
    }

    /// <summary>Runs out/nodeps and asserts that it succeeds.</summary>
    public static ProcessResult Succeed(params string[] arguments)
    {
        ProcessResult result = Run(arguments);
        Assert.True(result.ExitCode == Success, result.ToString());
        return result;
    }

    /// <summary>
    /// Asserts that a run ended with this exit code and one sentence, <c>nodeps: …</c>, as the last line of stderr,
    /// with every one of <paramref name="contained"/> in it. Faulty input may not have led to a result on stdout.
    /// </summary>
    public static string AssertFault(ProcessResult result, int exitCode, params string[] contained)
    {
        Assert.True(result.ExitCode == exitCode, $"expected exit code {exitCode}\n{result}");
        string sentence = result.ErrorLines.LastOrDefault() ?? "";
        Assert.True(sentence.StartsWith("nodeps: ", StringComparison.Ordinal), result.ToString());
        Assert.DoesNotContain(sentence, static c => char.IsControl(c));
        foreach (string part in contained)
        {
            Assert.True(sentence.Contains(part, StringComparison.Ordinal), $"expected '{part}'\n{result}");
        }
        if (exitCode is Data or NoInput)
        {
            Assert.DoesNotContain("accuracy", result.Output, StringComparison.Ordinal);
        }
        return sentence;
    }

    /// <summary>The numbers in the last line of stdout: <c>test accuracy 98.93% (9893/10000)</c>.</summary>
    public static (int Correct, int Total) Accuracy(ProcessResult result)
    {
        Assert.EndsWith("\n", result.Output, StringComparison.Ordinal);
        string line = result.OutputLines.LastOrDefault() ?? "";
        Match match = AccuracyLine().Match(line);
        Assert.True(match.Success, result.ToString());
        int correct = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        int total = int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture);
        Assert.Equal((100.0 * correct / total).ToString("F2", CultureInfo.InvariantCulture), match.Groups[1].Value);
        return (correct, total);
    }

    [GeneratedRegex(@"^test accuracy (\d{1,3}\.\d\d)% \((\d+)/(\d+)\)$")]
    private static partial Regex AccuracyLine();
}
