using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>
/// The engine against the float64 oracle on random networks around every kind of layer: every output, the loss, the
/// probabilities, every gradient, the running statistics, and evaluation mode. Every trial takes another team of
/// workers; every instruction set that the machine has takes its turn.
/// </summary>
public class EngineTests
{
    private const int Trials = 25, LargestBatch = 40;

    public static IEnumerable<object[]> KindsAndSets =>
        from kind in RandomDescription.Kinds
        from isa in EngineUnderTest.InstructionSets
        select new object[] { kind, isa };

    public static IEnumerable<object[]> Sets => EngineUnderTest.InstructionSets.Select(isa => new object[] { isa });

    [Theory, MemberData(nameof(KindsAndSets))]
    public void TrainingAndEvaluationAgreeWithTheOracle(string kind, Isa isa)
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            var trial = RandomTrial.Of(new Random(seed), kind, LargestBatch);
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(seed));
            EngineComparison.Check($"seed {seed}, batch {trial.Samples}\n{trial.Text}", engine, trial);
        }
    }

    /// <summary>The papers' sums in src, which stay beside the fast forms, against the oracle too.</summary>
    [Theory, MemberData(nameof(KindsAndSets))]
    public void TheScalarFormsAgreeWithTheOracle(string kind, Isa isa)
    {
        var options = EngineUnderTest.Everything;
        options.Kernel = KernelForm.Scalar;
        for (int seed = 0; seed < 10; seed++)
        {
            var trial = RandomTrial.Of(new Random(7000 + seed), kind, LargestBatch);
            using var engine = new EngineUnderTest(trial.Text, trial.Network, trial.Samples, isa, Teams.Of(seed),
                options);
            EngineComparison.Check($"seed {seed}, batch {trial.Samples}\n{trial.Text}", engine, trial);
        }
    }

    /// <summary>
    /// Scalar and fast forms side by side: a sum of the forward pass has one order in both, so that outputs agree to
    /// the bit; gradients are summed in another order.
    /// </summary>
    [Theory, MemberData(nameof(KindsAndSets))]
    public void TheScalarAndTheFastFormsAgree(string kind, Isa isa)
    {
        var options = EngineUnderTest.Everything;
        options.Kernel = KernelForm.Scalar;
        for (int seed = 0; seed < 10; seed++)
        {
            var trial = RandomTrial.Of(new Random(9000 + seed), kind, LargestBatch);
            string what = $"seed {seed}, batch {trial.Samples}\n{trial.Text}";
            using var fast = new EngineUnderTest(trial, isa, Teams.Of(seed));
            using var scalar = new EngineUnderTest(trial.Text, trial.Network, trial.Samples, isa, new SerialTeam(),
                options);
            fast.Run(trial);
            scalar.Run(trial);
            for (int i = 0; i < trial.Network.Layers.Count; i++)
                Assert.True(fast.Output(i).AsSpan().SequenceEqual(scalar.Output(i)), $"{what}: output.{i}");
            Agreement.Check($"{what}: grad.input", scalar.InputGradient(), fast.InputGradient(), 1e-5);
            EngineComparison.RunOracle(fast, trial);
            foreach (var (key, layer, parameter) in trial.Network.Parameters.Where(p => p.Parameter.Trainable))
                Agreement.Check($"{what}: grad.{key}", scalar.Gradient(layer, parameter.Name),
                    fast.Gradient(layer, parameter.Name), 1e-5,
                    EngineComparison.Floor(trial.Network, layer, parameter));
        }
    }

    /// <summary>The canary: were the comparison blind, it would not see this either.</summary>
    [Theory, MemberData(nameof(Sets))]
    public void APlantedErrorInOneGradientIsReported(Isa isa)
    {
        foreach (string kind in new[] { "conv", "dense", "batchnorm" })
        {
            var trial = RandomTrial.Of(new Random(5), kind, LargestBatch);
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(0));
            engine.Run(trial);
            EngineComparison.RunOracle(engine, trial);
            EngineComparison.CheckGradients("sound", engine, trial);
            foreach (var (key, layer, parameter) in trial.Network.Parameters.Where(p => p.Parameter.Trainable))
            {
                int at = parameter.Gradient.Length / 2;
                double saved = parameter.Gradient[at];
                parameter.Gradient[at] += 5e-4 * Math.Max(Agreement.Magnitude(parameter.Gradient),
                    EngineComparison.Floor(trial.Network, layer, parameter));
                var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(
                    () => EngineComparison.CheckGradients("planted", engine, trial));
                Assert.Contains(key, failure.Message);
                parameter.Gradient[at] = saved;
            }
        }
    }

    /// <summary>
    /// Numbers of few bits: every sum is exact, zeros before a ReLU and equal candidates of a maximum are frequent,
    /// and each must be decided as the papers' conventions say.
    /// </summary>
    [Theory, MemberData(nameof(Sets))]
    public void TiesAndZerosAreDecidedAsTheOracleDecides(Isa isa)
    {
        string[] texts =
        [
            "input 2x7x6\nrelu\nmaxpool kernel=3x2 stride=1 pad=1\nflatten\ndense 4\nloss softmax-cross-entropy\n",
            "input 3x8x5\nconv 5 kernel=3x2 pad=1x0\nrelu\nmaxpool kernel=2 stride=1\nflatten\ndense 3\n"
                + "loss squared-error\n",
            "input 1x9x9\nmaxpool kernel=3 stride=2\nleakyrelu slope=0.25\nflatten\ndense 3\nloss squared-error\n",
            "input 4x6x6\nmaxpool kernel=2\nrelu\nflatten\ndense 5\nloss softmax-cross-entropy\n",
        ];
        for (int seed = 0; seed < 40; seed++)
        {
            var trial = RandomTrial.OfFewBits(new Random(seed), texts[seed % texts.Length], LargestBatch);
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(seed));
            EngineComparison.Check($"seed {seed}, batch {trial.Samples}\n{trial.Text}", engine, trial);
        }
    }

    [Theory, MemberData(nameof(Sets))]
    public void ThreeStepsOfGradientDescentAgreeWithTheOracle(Isa isa)
    {
        for (int seed = 0; seed < 24; seed++)
        {
            string kind = RandomDescription.Kinds[seed % RandomDescription.Kinds.Length];
            var trial = RandomTrial.Of(new Random(1000 + seed), kind, LargestBatch);
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(seed));
            for (int step = 0; step < 3; step++)
            {
                engine.Run(trial);
                EngineComparison.RunOracle(engine, trial);
                engine.SgdStep(0.01);
                trial.Network.SgdStep(0.01);
            }
            foreach (var (key, layer, parameter) in trial.Network.Parameters)
                Agreement.Check($"seed {seed}: {key}\n{trial.Text}", parameter.Value,
                    engine.Parameter(layer, parameter.Name), 5e-4);
        }
    }

    /// <summary>Logits up to the largest float, equal ones, and a class that is impossible, by the biases alone.</summary>
    [Theory, MemberData(nameof(Sets))]
    public void TheMostExtremeLogitsGiveTheRightLossAndGradient(Isa isa)
    {
        const float Impossible = float.NegativeInfinity, Most = float.MaxValue;
        float[][] rows =
        [
            [0, 0, 0], [1e30f, 1e30f, 1e30f], [-1e30f, -1e30f, -1e30f], [Most, Most, Most], [-Most, -Most, -Most],
            [Most, -Most, 0], [-Most, Most, Most], [1e30f, -1e30f, 0], [-1e30f, 1e30f, 1e-30f], [104, 0, -104],
            [3, Impossible, 1], [-Most, Impossible, Most],
        ];
        var (random, labels) = (new Random(2), new[] { 0, 2, 2, 0, 2 });
        foreach (string smoothing in new[] { "", " smoothing=0.3" })
            foreach (float[] row in rows.Where(row => smoothing == "" || !row.Contains(Impossible)))
            {
                string text = $"input 1x1x2\nflatten\ndense 3\nloss softmax-cross-entropy{smoothing}\n";
                var network = OracleNetwork.Of(text);
                Array.ConvertAll(row, x => (double)x).CopyTo(network.Layers[1].Parameters[1].Value, 0);
                using var engine = new EngineUnderTest(text, network, labels.Length, isa, new SerialTeam(),
                    EngineUnderTest.Everything);
                var input = Enumerable.Range(0, 2 * labels.Length).Select(_ => random.NextDouble()).ToArray();
                engine.Forward(input, labels, training: true);
                engine.Engine.Backward();
                network.Forward(input, labels.Length, training: true);
                network.Backward(labels);
                string what = string.Join(", ", row) + smoothing;
                Assert.True(double.IsFinite(engine.Engine.Loss()), what);
                Agreement.Check($"{what}: loss", [network.Loss(labels)], [engine.Engine.Loss()], 1e-6);
                Agreement.Check($"{what}: gradient", network.Layers[1].Parameters[1].Gradient, engine.Gradient(1, "bias"),
                    1e-6);
            }
    }

    [Theory, MemberData(nameof(Sets))]
    public void LogitsOfAnySizeGiveAFiniteLossAndGradient(Isa isa)
    {
        const string Text = "input 3x1x1\nflatten\ndense 3\nloss softmax-cross-entropy\n";
        foreach (double size in new[] { 1e-30, 1, 80, 100, 1e4, 1e30 })
        {
            var trial = RandomTrial.Of(new Random(3), () => Text, 20);
            var weight = trial.Network.Layers[1].Parameters[0].Value;
            for (int i = 0; i < weight.Length; i++)
                weight[i] = (float)(weight[i] * size);
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(0));
            EngineComparison.Check($"logits of {size:E0}", engine, trial);
        }
    }
}
