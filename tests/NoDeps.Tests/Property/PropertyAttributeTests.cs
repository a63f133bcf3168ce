using System.Reflection;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NoDeps.Tests;

/// <summary>Keeps the tests that set FSCHECK_REPLAY away from every other test.</summary>
[CollectionDefinition(nameof(ReplayVariable), DisableParallelization = true)]
public sealed class ReplayVariable;

/// <summary>
/// The attribute itself: properties that must fail are run by hand, and shown to fail, shrink and replay.
/// </summary>
[Collection(nameof(ReplayVariable))]
public sealed partial class PropertyAttributeTests
{
    [Property]
    public bool Holds(int a, int b) => a + b == b + a;

    [Property(MaxTest = 5)]
    public void HoldsUnlessItThrows(PositiveInt n) => Assert.True(n.Get > 0);

    [Fact]
    public void ACanaryFailsAndShrinks()
    {
        ITestFailed failure = Assert.IsAssignableFrom<ITestFailed>(Run(nameof(Canaries.BelowTen)));
        string message = string.Concat(failure.Messages);
        Assert.Contains("Falsifiable", message);
        Assert.Equal("NonNegativeInt 10", Smallest(message));
    }

    [Fact]
    public void ACanaryThatThrowsFailsAndShrinks()
    {
        ITestFailed failure = Assert.IsAssignableFrom<ITestFailed>(Run(nameof(Canaries.Throws)));
        string message = string.Concat(failure.Messages);
        Assert.Equal("[|0; 0; 0|]", Smallest(message));
        Assert.Contains("three or more", message);
    }

    [Fact]
    public void TheReplayStringOfAFailureGivesTheSameCaseAtOnce()
    {
        string first = string.Concat(((ITestFailed)Run(nameof(Canaries.RarelyFails))).Messages);
        string replay = ReplayPattern().Match(first).Groups[1].Value;
        Assert.NotEmpty(replay);
        Environment.SetEnvironmentVariable("FSCHECK_REPLAY", replay);
        try
        {
            string again = string.Concat(((ITestFailed)Run(nameof(Canaries.RarelyFails))).Messages);
            Assert.Contains("after 1 test ", again);
            Assert.Equal(Original(first), Original(again));
        }
        finally
        {
            Environment.SetEnvironmentVariable("FSCHECK_REPLAY", null);
        }
    }

    [Fact]
    public void TheReplayPropertyFixesTheCases()
    {
        string once = string.Concat(((ITestFailed)Run(nameof(Canaries.AlwaysFromTheSameSeed))).Messages);
        string twice = string.Concat(((ITestFailed)Run(nameof(Canaries.AlwaysFromTheSameSeed))).Messages);
        Assert.Equal(once, twice);
    }

    [Fact]
    public void MaxTestCasesAreRun()
    {
        Canaries.Count = 0;
        Assert.IsAssignableFrom<ITestPassed>(Run(nameof(Canaries.Counts)));
        Assert.Equal(1234, Canaries.Count);
    }

    [Fact]
    public void ArbitraryTypesAreUsed() => Assert.IsAssignableFrom<ITestPassed>(Run(nameof(Canaries.OnlySeven)));

    [Fact]
    public void SizesBoundTheGenerators() => Assert.IsAssignableFrom<ITestPassed>(Run(nameof(Canaries.Small)));

    [Fact]
    public void SkipSkips()
    {
        ITestSkipped skipped = Assert.IsAssignableFrom<ITestSkipped>(Run(nameof(Canaries.Skipped)));
        Assert.Equal("a reason", skipped.Reason);
    }

    [Fact]
    public void TheDisplayNameIsShown() =>
        Assert.Equal("a name of its own", Run(nameof(Canaries.Named)).Test.DisplayName);

    [Fact]
    public void OnSuccessTheOutputSaysHowManyCasesPassedUnlessQuiet()
    {
        Assert.Contains("passed 100 tests", ((ITestPassed)Run(nameof(Canaries.Named))).Output);
        Assert.Empty(((ITestPassed)Run(nameof(Canaries.Quiet))).Output);
    }

    [Fact]
    public void APreconditionThatRejectsAlmostEverythingFails() =>
        Assert.Contains("exhausted", string.Concat(((ITestFailed)Run(nameof(Canaries.Exhausted))).Messages),
            StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"FSCHECK_REPLAY=(\S+)")]
    private static partial Regex ReplayPattern();

    private static string Original(string message) => Regex.Match(message, @"Original:\s*(.*)").Groups[1].Value.Trim();

    // Where the first failing case is already the smallest, nothing is shrunk and only the original is printed.
    private static string Smallest(string message)
    {
        Match shrunk = Regex.Match(message, @"Shrunk:\s*(.*)");
        return shrunk.Success ? shrunk.Groups[1].Value.Trim() : Original(message);
    }

    /// <summary>
    /// Discovers and runs one canary exactly as xunit does, and returns the message that tells its result.
    /// </summary>
    private static ITestResultMessage Run(string method)
    {
        IReflectionMethodInfo info = Reflector.Wrap(typeof(Canaries).GetMethod(method)!);
        var assembly = new TestAssembly(Reflector.Wrap(typeof(Canaries).Assembly));
        var collection = new TestCollection(assembly, null, "canaries");
        var testMethod = new TestMethod(new TestClass(collection, Reflector.Wrap(typeof(Canaries))), info);

        IAttributeInfo property = info.GetCustomAttributes(typeof(PropertyAttribute)).Single();
        IAttributeInfo discovererName = property.GetCustomAttributes(typeof(XunitTestCaseDiscovererAttribute)).Single();
        object[] typeAndAssembly = [.. discovererName.GetConstructorArguments()];
        Type type = Assembly.Load((string)typeAndAssembly[1]).GetType((string)typeAndAssembly[0])!;
        var sink = new NullMessageSink();
        var discoverer = (IXunitTestCaseDiscoverer)Activator.CreateInstance(type, sink)!;
        IXunitTestCase testCase = discoverer.Discover(new DefaultOptions(), testMethod, property).Single();

        using var bus = new RecordingBus();
        using var stop = new CancellationTokenSource();
        testCase.RunAsync(sink, bus, [], new ExceptionAggregator(), stop).GetAwaiter().GetResult();
        return bus.Result ?? throw new InvalidOperationException("no result");
    }

    private sealed class DefaultOptions : ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value) { }
    }

    private sealed class RecordingBus : IMessageBus
    {
        public ITestResultMessage? Result { get; private set; }

        public bool QueueMessage(IMessageSinkMessage message)
        {
            Result = message as ITestResultMessage ?? Result;
            return true;
        }

        public void Dispose() { }
    }
}

/// <summary>
/// Properties of which some must fail. The class is not public, so that xunit does not find them itself.
/// </summary>
#pragma warning disable xUnit1000 // test classes must be public
internal sealed class Canaries
#pragma warning restore xUnit1000
{
    public static int Count;

    [Property(MaxTest = 1000, StartSize = 50)]
    public bool BelowTen(NonNegativeInt n) => n.Get < 10;

    [Property(MaxTest = 1000, StartSize = 50)]
    public void Throws(int[] values)
    {
        if (values.Length >= 3) throw new InvalidOperationException("three or more");
    }

    [Property(MaxTest = 100000, EndSize = 10000)]
    public bool RarelyFails(int n) => n % 100 != 77;

    [Property(Replay = "(12345678901234567890,1234567890123456789,50)")]
    public bool AlwaysFromTheSameSeed(int[] values) => values.Length > 1000;

    [Property(MaxTest = 1234)]
    public bool Counts(int n) => n == n + 0 & ++Count > 0;

    [Property(Arbitrary = [typeof(Sevens)])]
    public bool OnlySeven(int n) => n == 7;

    [Property(StartSize = 0, EndSize = 3)]
    public bool Small(int[] values) => values.Length <= 3;

    [Property(Skip = "a reason")]
    public bool Skipped() => false;

    [Property(DisplayName = "a name of its own")]
    public bool Named(int n) => n == -(-n);

    [Property(QuietOnSuccess = true)]
    public bool Quiet(int n) => n == -(-n);

    [Property]
    public FsCheck.Property Exhausted(int n) => Prop.When(true, n == int.MinValue);
}

internal static class Sevens
{
    public static Arbitrary<int> Int() => Arb.From(Gen.Constant(7));
}
