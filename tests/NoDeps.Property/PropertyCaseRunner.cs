using System.Reflection;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// xunit's chain case, test, invocation, with one change at its end: instead of calling the method once, it hands it to
/// FsCheck. So fixtures, constructors, Dispose, output helpers and timing are all xunit's own.
/// </summary>
internal sealed class PropertyCaseRunner(PropertyTestCase testCase, object[] constructorArguments, IMessageBus bus,
    ExceptionAggregator aggregator, CancellationTokenSource cancellation)
    : XunitTestCaseRunner(testCase, testCase.DisplayName, testCase.SkipReason, constructorArguments,
        [], bus, aggregator, cancellation)
{
    protected override XunitTestRunner CreateTestRunner(ITest test, IMessageBus messageBus, Type testClass,
        object[] constructorArguments, MethodInfo method, object[] methodArguments, string skipReason,
        IReadOnlyList<BeforeAfterTestAttribute> hooks, ExceptionAggregator errors, CancellationTokenSource stop) =>
        new TestRunner(test, messageBus, testClass, constructorArguments, method, methodArguments, skipReason, hooks,
            errors, stop);

    private sealed class TestRunner(ITest test, IMessageBus messageBus, Type testClass, object[] constructorArguments,
        MethodInfo method, object[] methodArguments, string skipReason, IReadOnlyList<BeforeAfterTestAttribute> hooks,
        ExceptionAggregator errors, CancellationTokenSource stop)
        : XunitTestRunner(test, messageBus, testClass, constructorArguments, method, methodArguments, skipReason,
            hooks, errors, stop)
    {
        private readonly ReportingRunner report = new();

        protected override async Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
        {
            Tuple<decimal, string> timeAndOutput = await base.InvokeTestAsync(aggregator);
            return Tuple.Create(timeAndOutput.Item1, timeAndOutput.Item2 + report.Output);
        }

        protected override Task<decimal> InvokeTestMethodAsync(ExceptionAggregator aggregator) =>
            new Invoker(report, Test, MessageBus, TestClass, ConstructorArguments, TestMethod, BeforeAfterAttributes,
                aggregator, CancellationTokenSource).RunAsync();
    }

    // xunit compares the number of arguments with the method's; FsCheck makes the real ones.
    private sealed class Invoker(ReportingRunner report, ITest test, IMessageBus messageBus, Type testClass,
        object[] constructorArguments, MethodInfo method, IReadOnlyList<BeforeAfterTestAttribute> hooks,
        ExceptionAggregator errors, CancellationTokenSource stop)
        : XunitTestInvoker(test, messageBus, testClass, constructorArguments, method,
            new object[method.GetParameters().Length], hooks, errors, stop)
    {
        protected override object? CallTestMethod(object? testClassInstance)
        {
            Config config = TestMethod.GetCustomAttribute<PropertyAttribute>()!.ToConfig(report);
            FSharpOption<object> target =
                testClassInstance is null ? FSharpOption<object>.None : FSharpOption<object>.Some(testClassInstance);
            Check.Method(config, TestMethod, target);
            return null;
        }
    }
}
