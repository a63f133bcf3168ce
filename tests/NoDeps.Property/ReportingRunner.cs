using System.Text;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace FsCheck.Xunit;

/// <summary>
/// Collects what FsCheck has to say into the test's output, and throws when a property does not hold.
/// </summary>
internal sealed class ReportingRunner : IRunner
{
    private readonly StringBuilder output = new();

    /// <summary>Everything written so far.</summary>
    public string Output => output.ToString();

    public void OnStartFixture(Type type) => output.Append(Runner.onStartFixtureToString(type));

    public void OnArguments(
        int number, FSharpList<object> arguments, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> describe) =>
        output.Append(describe.Invoke(number).Invoke(arguments));

    public void OnShrink(FSharpList<object> arguments, FSharpFunc<FSharpList<object>, string> describe) =>
        output.Append(describe.Invoke(arguments));

    public void OnFinished(string name, TestResult result)
    {
        string text = Runner.onFinishedToString(name, result);
        if (result is TestResult.Passed passed)
        {
            if (!passed.Item2) output.Append(text);
            return;
        }
        if (result is TestResult.Failed failed) text += ReplayHint(failed);
        throw new PropertyFailedException(text);
    }

    // The generator's state and size at the failing case, so that a replay begins with that very case.
    private static string ReplayHint(TestResult.Failed failed)
    {
        Rnd state = failed.Item6;
        return $"Replay: {PropertyAttribute.ReplayVariable}={state.Seed},{state.Gamma},{failed.Item7}";
    }
}
