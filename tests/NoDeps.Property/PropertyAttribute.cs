using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// A fact about all arguments: FsCheck generates the method's parameters, and shrinks those for which it fails. The
/// method returns <c>bool</c>, <c>void</c> (fails by throwing), a <see cref="FsCheck.Property"/>, or a task of these.
/// Name and meaning are those of the package FsCheck.Xunit. A failure prints the arguments, shrunk, and a replay
/// string; with that string in <see cref="Replay"/>, or in the environment variable FSCHECK_REPLAY, the same case is
/// generated again at once.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("FsCheck.Xunit." + nameof(PropertyDiscoverer), "NoDeps.Property")]
public class PropertyAttribute : FactAttribute
{
    /// <summary>
    /// The environment variable that, when set, replays every property that has no <see cref="Replay"/>.
    /// </summary>
    public const string ReplayVariable = "FSCHECK_REPLAY";

    /// <summary>How many cases must pass.</summary>
    public int MaxTest { get; set; } = Config.Default.MaxTest;

    /// <summary>How many cases a precondition may reject, as a multiple of <see cref="MaxTest"/>.</summary>
    public int MaxRejected { get; set; } = Config.Default.MaxRejected;

    /// <summary>Size handed to the generators for the first case; it grows evenly to <see cref="EndSize"/>.</summary>
    public int StartSize { get; set; } = Config.Default.StartSize;

    /// <summary>Size handed to the generators for the last case.</summary>
    public int EndSize { get; set; } = Config.Default.EndSize;

    /// <summary>"seed,gamma" or "seed,gamma,size", in parentheses or not: where generation starts.</summary>
    public string? Replay { get; set; }

    /// <summary>
    /// Types whose public static members are generators to prefer; of several for one type the last wins.
    /// </summary>
    public Type[] Arbitrary { get; set; } = [];

    /// <summary>True: a property that holds writes nothing to the test's output.</summary>
    public bool QuietOnSuccess { get; set; }

    /// <summary>True: every case and every shrink is written to the test's output.</summary>
    public bool Verbose { get; set; }

    internal Config ToConfig(IRunner runner)
    {
        Config verbosity = Verbose ? Config.Verbose : Config.Quick;
        Config config = verbosity
            .WithMaxTest(MaxTest)
            .WithMaxRejected(MaxRejected)
            .WithStartSize(StartSize)
            .WithEndSize(EndSize)
            .WithQuietOnSuccess(QuietOnSuccess)
            .WithArbitrary(Arbitrary)
            .WithRunner(runner);
        string? replay = Replay ?? Environment.GetEnvironmentVariable(ReplayVariable);
        return string.IsNullOrWhiteSpace(replay) ? config : config.WithReplay(ParseReplay(replay));
    }

    private static Replay ParseReplay(string text)
    {
        string[] parts = text.Trim().TrimStart('(').TrimEnd(')').Split(',');
        if (parts.Length is 2 or 3
            && ulong.TryParse(parts[0], out ulong seed)
            && ulong.TryParse(parts[1], out ulong gamma))
        {
            if (parts.Length == 2) return new Replay(new Rnd(seed, gamma), FSharpOption<int>.None);
            if (int.TryParse(parts[2], out int size)) return new Replay(new Rnd(seed, gamma), size);
        }
        throw new ArgumentException($"replay '{text}': expected \"seed,gamma\" or \"seed,gamma,size\"");
    }
}
