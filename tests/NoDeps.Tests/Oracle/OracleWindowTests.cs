using Xunit;

namespace NoDeps.Tests.Oracle;

/// <summary>The bounds of scratch 3.3.3 and 3.4.2: as corrected they are exact, as printed they are not.</summary>
public class OracleWindowTests
{
    public static IEnumerable<object[]> Windows =>
        from kernel in Enumerable.Range(1, 5)
        from stride in Enumerable.Range(1, 4)
        from padding in Enumerable.Range(0, 4)
        select new object[] { new OracleWindow(kernel, stride, padding) };

    private static IEnumerable<int> Reading(OracleWindow window, int input, int outputs) =>
        Enumerable.Range(1, outputs).Where(i =>
            Enumerable.Range(1, window.Kernel).Any(u => window.Input(i, u) == input));

    [Theory, MemberData(nameof(Windows))]
    public void TheBoundsHoldExactlyTheOutputsThatReadAPosition(OracleWindow window)
    {
        for (int inputs = 1; inputs <= 12; inputs++)
            for (int a = 1; a <= inputs; a++)
            {
                int outputs = window.Outputs(inputs);
                int first = window.FirstOutput(a), last = window.LastOutput(a, outputs);
                var range = first <= last ? Enumerable.Range(first, last - first + 1) : [];
                Assert.Equal(Reading(window, a, outputs), range);
                Assert.All(range, i => Assert.Equal(a, window.Input(i, window.Tap(a, i))));
            }
    }

    [Fact]
    public void TheBoundsAsThePaperPrintsThemLoseOutputs()
    {
        int kernel = 3, input = 4, padding = 0, stride = 1, outputs = 6;
        double printedFirst = Math.Max(1, Math.Ceiling((input + padding - 1) / (double)stride + 1));
        double printedLast = Math.Min(outputs, Math.Floor((input + padding - kernel) / (double)stride + 1));
        Assert.True(printedFirst > printedLast);
        Assert.Equal([2, 3, 4], Reading(new OracleWindow(kernel, stride, padding), input, outputs));
    }

    [Theory]
    [InlineData(28, 5, 1, 0, 24)]
    [InlineData(28, 5, 2, 2, 14)]
    [InlineData(14, 3, 2, 1, 7)]
    [InlineData(2, 3, 1, 0, 0)]
    [InlineData(2, 3, 1, 1, 2)]
    public void OutputSizesAreThoseOfThePapers(int inputs, int kernel, int stride, int padding, int outputs) =>
        Assert.Equal(outputs, new OracleWindow(kernel, stride, padding).Outputs(inputs));
}
