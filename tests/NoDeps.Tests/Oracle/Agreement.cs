using Xunit;

namespace NoDeps.Tests.Oracle;

/// <summary>
/// The one measure of error of these tests: the largest difference relative to the tensor's largest magnitude. Every
/// failure names the tensor, the element and both numbers.
/// </summary>
public static class Agreement
{
    /// <summary>What the project promises for float32 against float64.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>The largest magnitude of a tensor.</summary>
    public static double Magnitude(IEnumerable<double> tensor) => tensor.Select(Math.Abs).DefaultIfEmpty().Max();

    /// <summary>
    /// max |actual − expected| / scale, where the scale is the tensor's largest magnitude, but at least
    /// <paramref name="floor"/>. Anything that is not finite counts as infinitely wrong.
    /// </summary>
    public static double Worst(double[] expected, double[] actual, out int where, double floor = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(Math.Max(Magnitude(expected), floor), double.Epsilon);
        double worst = 0;
        where = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]) / scale;
            if (!double.IsFinite(error))
                error = double.PositiveInfinity;
            if (error > worst)
                (worst, where) = (error, i);
        }
        return worst;
    }

    /// <summary>Fails unless <see cref="Worst"/> is at most the tolerance.</summary>
    public static void Check(string what, double[] expected, double[] actual, double tolerance = Tolerance,
        double floor = 0)
    {
        double worst = Worst(expected, actual, out int where, floor);
        if (worst > tolerance)
            Assert.Fail($"{what}: error {worst:E2} of the largest magnitude {Magnitude(expected):E2} at element "
                + $"{where} of {expected.Length}: expected {expected[where]:R}, found {actual[where]:R}");
    }

    /// <summary>
    /// The floor for gradients: a parameter whose gradient cancels to nothing (a bias before a batch normalization)
    /// has no magnitude to be relative to; it is measured by the largest gradient of its layer instead, and only
    /// then.
    /// </summary>
    public static double GradientFloor(double[] gradient, IEnumerable<double[]> gradientsOfLayer)
    {
        double layer = gradientsOfLayer.Select(g => Magnitude(g)).DefaultIfEmpty().Max();
        return Magnitude(gradient) < 1e-4 * layer ? layer : 0;
    }
}
