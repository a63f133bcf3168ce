using NoDeps.Tests.Oracle;

namespace NoDeps.Tests.Reference;

/// <summary>Three SGD steps of a reference case and an evaluation, by the oracle.</summary>
public static class ThreeSteps
{
    private const int Seeds = 12;
    private static readonly double HalfUlp = Math.Pow(2, -24);

    /// <summary>Every parameter and buffer as <c>after.KEY</c>, and <c>eval.output</c>.</summary>
    public static Dictionary<string, double[]> Run(ReferenceCase reference, Func<double, double>? noise = null)
    {
        var network = OracleNetwork.Of(reference.Net);
        network.Noise = noise;
        foreach (var (key, _, parameter) in network.Parameters)
            reference["param." + key].CopyTo(parameter.Value, 0);
        for (int step = 0; step < 3; step++)
        {
            network.Forward(reference["input"], reference.Batch, training: true);
            network.Backward(reference.Labels);
            network.SgdStep(reference.LearningRate);
        }
        var results = network.Parameters.ToDictionary(p => "after." + p.Key, p => p.Parameter.Value);
        results["eval.output"] = network.Forward(reference["input"], reference.Batch, training: false);
        return results;
    }

    /// <summary>
    /// How exact float32 can be after three steps: <see cref="Agreement.Tolerance"/>, or twice the largest error of
    /// any tensor that the oracle itself shows under noise of at most half an ulp, whichever is larger. Of the shared
    /// cases only <c>pedestrian</c> needs it: normalizing features of small variance over 8 samples multiplies
    /// differences, and so does each step. (There float64 arithmetic over activations rounded to float32 is 5e-4
    /// off, and PyTorch's float32 3.6e-3.)
    /// </summary>
    public static double Tolerance(ReferenceCase reference)
    {
        double worst = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var results = Run(reference, x => x * (1 + HalfUlp * (2 * random.NextDouble() - 1)));
            worst = results.Max(r => Math.Max(worst, Agreement.Worst(reference[r.Key], r.Value, out _)));
        }
        return Math.Max(Agreement.Tolerance, 2 * worst);
    }
}
