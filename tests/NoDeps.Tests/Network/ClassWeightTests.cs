using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>Losses weighted by class against the oracle's, and the weights that balance classes.</summary>
public unsafe class ClassWeightTests
{
    private const string Layers = "input 1x6x5\nflatten\ndense 19\ntanh\ndense 7\n";

    public static IEnumerable<object[]> Cases =>
        from loss in new[] { "softmax-cross-entropy", "softmax-cross-entropy smoothing=0.3", "squared-error" }
        from isa in EngineUnderTest.InstructionSets
        select new object[] { loss, isa };

    [Theory, MemberData(nameof(Cases))]
    public void TheTrainingLossIsWeighted(string loss, Isa isa)
    {
        for (int seed = 0; seed < 2 * Teams.Count; seed++)
        {
            var random = new Random(seed);
            var trial = RandomTrial.Of(random, () => $"{Layers}loss {loss}\n", 50);
            float[] weights = [.. Enumerable.Range(0, 7).Select(_ => (float)(0.1 + 3 * random.NextDouble()))];
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(seed), 64);
            engine.Engine.SetClassWeights(weights);
            trial.Network.Description.Loss.ClassWeights = Array.ConvertAll(weights, w => (double)w);
            engine.Run(trial);
            EngineComparison.RunOracle(engine, trial);
            EngineComparison.CheckOutputs("weighted", engine, trial);
            EngineComparison.CheckGradients("weighted", engine, trial);

            // An evaluation is not.
            trial.Network.Description.Loss.ClassWeights = [];
            engine.Forward(trial.Input, trial.Labels, training: false);
            trial.Network.Forward(trial.Input, trial.Samples, training: false);
            EngineComparison.CheckOutputs("evaluation", engine, trial);

            // Nor is a training any more.
            engine.Engine.SetClassWeights(default);
            EngineComparison.Check("without", engine, trial);
            Assert.True(engine.GuardsAreWhole);
        }
    }

    /// <summary>Weights that are all the same weigh nothing.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void EqualWeightsAreNone(string loss, Isa isa)
    {
        var trial = RandomTrial.Of(new Random(11), () => $"{Layers}loss {loss}\n", 30);
        using var engine = new EngineUnderTest(trial, isa, new SerialTeam());
        engine.Engine.SetClassWeights([3, 3, 3, 3, 3, 3, 3]);
        engine.Run(trial);
        EngineComparison.RunOracle(engine, trial);
        EngineComparison.CheckGradients("equal weights", engine, trial);
        Agreement.Check("loss", [trial.Network.Loss(trial.Labels)], [engine.Engine.Loss()]);
    }

    /// <summary>scikit-learn's compute_class_weight("balanced"): n/(C·n_c); a class without samples weighs 0.</summary>
    [Fact]
    public void BalancedWeightsGiveEveryClassTheSameShare()
    {
        byte[] labels = [0, 3, 1, 3, 0, 3, 9, 9, 9];
        float[] weights = new float[4];
        fixed (byte* all = labels) ClassBalance.Weigh(all, null, 6, weights);
        Assert.Equal([1f, 2f, 0f, (float)(6 / 9.0)], weights);
        int[] subset = [0, 4, 2, 6, 7];
        fixed (byte* all = labels)
        fixed (int* chosen = subset) ClassBalance.Weigh(all, chosen, 5, weights);
        Assert.Equal([(float)(5 / 6.0), (float)(5 / 3.0), 0f, (float)(5 / 6.0)], weights);
    }
}
