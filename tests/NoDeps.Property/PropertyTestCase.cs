using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>A test method as one property: xunit's case, except that FsCheck calls the method.</summary>
public sealed class PropertyTestCase : XunitTestCase
{
    /// <summary>Only for xunit's deserializer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("for the deserializer")]
    public PropertyTestCase() { }

    /// <summary>The case of <paramref name="method"/>; the rest is what xunit hands to a discoverer.</summary>
    public PropertyTestCase(
        IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method) { }

    /// <inheritdoc/>
    public override Task<RunSummary> RunAsync(IMessageSink diagnostics, IMessageBus bus, object[] constructorArguments,
        ExceptionAggregator aggregator, CancellationTokenSource cancellation) =>
        new PropertyCaseRunner(this, constructorArguments, bus, aggregator, cancellation).RunAsync();
}
