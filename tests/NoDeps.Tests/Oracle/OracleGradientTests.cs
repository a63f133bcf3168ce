using Xunit;

namespace NoDeps.Tests.Oracle;

/// <summary>The oracle's gradients against central differences of its own loss, on random networks.</summary>
public class OracleGradientTests
{
    private const int Trials = 12, Probes = 12;
    private const double Step = 1e-6;

    public static IEnumerable<object[]> Kinds => RandomDescription.Kinds.Select(kind => new object[] { kind });

    private static double LossAt(RandomTrial trial)
    {
        trial.Network.Forward(trial.Input, trial.Samples, training: true);
        return trial.Network.Loss(trial.Labels);
    }

    private static double Difference(RandomTrial trial, ref double number)
    {
        double saved = number;
        number = saved + Step;
        double above = LossAt(trial);
        number = saved - Step;
        double below = LossAt(trial);
        number = saved;
        return (above - below) / (2 * Step);
    }

    private static void CheckGradient(RandomTrial trial, Random random, string what, double[] numbers,
        double[] gradient, double floor)
    {
        double scale = Math.Max(Agreement.Magnitude(gradient), floor);
        for (int probe = 0; probe < Math.Min(Probes, numbers.Length); probe++)
        {
            int at = random.Next(numbers.Length);
            double difference = Difference(trial, ref numbers[at]);
            Assert.True(Math.Abs(difference - gradient[at]) <= 1e-5 * scale + 1e-9,
                $"{what}[{at}]: differences {difference:R}, backpropagation {gradient[at]:R}\n{trial.Text}");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void BackpropagationAgreesWithCentralDifferences(string kind)
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            var random = new Random(seed);
            var trial = RandomTrial.Of(random, kind, largestBatch: 4);
            foreach (var dropout in trial.Network.Layers.OfType<OracleDropout>())
                dropout.Mask = Enumerable.Range(0, trial.Samples * dropout.Input.Size)
                    .Select(_ => random.NextDouble() >= dropout.Probability).ToArray();
            trial.Network.Forward(trial.Input, trial.Samples, training: true);
            trial.Network.Backward(trial.Labels);
            var gradients = trial.Network.Parameters.Where(p => p.Parameter.Trainable)
                .Select(p => (p.Key, p.Parameter, (double[])p.Parameter.Gradient.Clone())).ToList();
            var inputGradient = trial.Network.InputGradient;
            double floor = Agreement.Magnitude(gradients.SelectMany(g => g.Item3)) * 1e-3;
            CheckGradient(trial, random, $"seed {seed}: input", trial.Input, inputGradient, floor);
            foreach (var (key, parameter, gradient) in gradients)
                CheckGradient(trial, random, $"seed {seed}: {key}", parameter.Value, gradient, floor);
        }
    }

    [Fact]
    public void AWrongGradientIsNoticed()
    {
        var random = new Random(1);
        var trial = RandomTrial.Of(random, "conv", largestBatch: 4);
        trial.Network.Forward(trial.Input, trial.Samples, training: true);
        trial.Network.Backward(trial.Labels);
        var weight = trial.Network.Parameters.First().Parameter;
        var wrong = weight.Gradient.Select(g => g + 1e-3 * Agreement.Magnitude(weight.Gradient)).ToArray();
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            CheckGradient(trial, random, "planted", weight.Value, wrong, 0));
    }
}
