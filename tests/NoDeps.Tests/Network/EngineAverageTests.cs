using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>
/// The average of the parameters and the clipped norm of the gradients against their formulas in float64, fused into the backward pass
/// or not, on every instruction set and team.
/// </summary>
public unsafe class EngineAverageTests
{
    /// <summary>More than one chunk of the optimizer, dense layers of whole and of broken vectors, and running statistics.</summary>
    private const string Text = "input 2x9x8\nconv 7 kernel=3x2\nbatchnorm\nrelu\nflatten\ndense 64\nrelu\ndense 150\ntanh\n"
        + "dense 11\nloss softmax-cross-entropy\n";
    private const double Decay = 0.9;

    public static TheoryData<Isa> InstructionSets => new(EngineUnderTest.InstructionSets);

    private static RandomTrial Trial(int seed) => RandomTrial.Of(new Random(seed), () => Text, 40);

    private static EngineUnderTest Engine(RandomTrial trial, Isa isa, WorkTeam team, KernelForm kernel = KernelForm.Lanes) =>
        new(Text, trial.Network, trial.Samples, isa, team, new EngineOptions { KeepsAverage = true, Kernel = kernel });

    private static OptimizerStep Step(int number, double clip = 0, double average = Decay) => new()
    {
        Kind = OptimizerKind.AdamW,
        LearningRate = 0.01,
        Momentum = 0.9,
        Beta2 = 0.999,
        Epsilon = 1e-8,
        WeightDecay = 0.1,
        ClipNorm = clip,
        AverageDecay = average,
        Number = number,
    };

    /// <summary>All that is averaged; the count of batches is not.</summary>
    private static double[] State(RandomTrial trial, EngineUnderTest engine) =>
        [.. trial.Network.Parameters.Where(p => p.Parameter.Name != "num_batches_tracked")
            .SelectMany(p => engine.Parameter(p.Layer, p.Parameter.Name))];

    private static double[] Averages(RandomTrial trial, EngineUnderTest engine)
    {
        engine.Engine.SwapAverage();
        double[] result = State(trial, engine);
        engine.Engine.SwapAverage();
        return result;
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void TheAverageFollowsItsFormulaAndBeginsWithACopy(Isa isa)
    {
        for (int seed = 0; seed < Teams.Count; seed++)
        {
            var trial = Trial(seed);
            using var engine = Engine(trial, isa, Teams.Of(seed));
            double[] expected = [];
            for (int number = 1; number <= 5; number++)
            {
                engine.Forward(trial.Input, trial.Labels, training: true);
                engine.Engine.BackwardAndUpdate(Step(number));
                double[] now = State(trial, engine);
                expected = number == 1 ? now : [.. expected.Zip(now, (a, w) => Decay * a + (1 - Decay) * w)];
                double[] actual = Averages(trial, engine);
                if (number == 1) Assert.Equal(expected, actual);
                Agreement.Check($"average after {number}", expected, actual, 1e-6);
                Assert.Equal(now, State(trial, engine));
            }
            Assert.True(engine.GuardsAreWhole);
        }
    }

    /// <summary>Without an average nothing of it is there, and a step is the same.</summary>
    [Fact]
    public void TheAverageChangesNoStepAndTakesMemoryOnlyWhereItIsWanted()
    {
        var trial = Trial(3);
        using var with = Engine(trial, Isa.Avx2, new SerialTeam());
        using var without = new EngineUnderTest(Text, trial.Network, trial.Samples, Isa.Avx2, new SerialTeam(), default);
        foreach (var engine in new[] { with, without })
        {
            engine.Forward(trial.Input, trial.Labels, training: true);
            engine.Engine.BackwardAndUpdate(Step(1));
        }
        Assert.Equal(State(trial, without), State(trial, with));
        Assert.Equal((0, true), (without.Engine.AverageCount, without.Engine.Average == null));
        without.Engine.SwapAverage();
        Assert.Equal(State(trial, without), State(trial, with));
        var network = Descriptions.Read(Text);
        long more = NoDeps.Network.Engine.BytesNeeded(network, 16, new EngineOptions { KeepsAverage = true })
            - NoDeps.Network.Engine.BytesNeeded(network, 16, default);
        Assert.InRange(more, 4L * with.Engine.AverageCount, 4L * with.Engine.AverageCount + 64);
    }

    /// <summary>Evaluation after an exchange is that of an engine that has the average as its parameters.</summary>
    [Fact]
    public void AnExchangeIsSeenByTheEvaluation()
    {
        var trial = Trial(5);
        using var engine = Engine(trial, Isa.Avx2, new ThreadTeam(2));
        for (int number = 1; number <= 3; number++)
        {
            engine.Forward(trial.Input, trial.Labels, training: true);
            engine.Engine.BackwardAndUpdate(Step(number));
        }
        engine.Forward(trial.Input, trial.Samples, training: false);
        double[] before = engine.Output(trial.Network.Layers.Count - 1);
        engine.Engine.SwapAverage();
        foreach (var (_, layer, parameter) in trial.Network.Parameters)
            engine.Parameter(layer, parameter.Name).CopyTo(parameter.Value, 0);
        engine.Forward(trial.Input, trial.Samples, training: false);
        double[] averaged = engine.Output(trial.Network.Layers.Count - 1);
        Agreement.Check("averaged", trial.Network.Forward(trial.Input, trial.Samples, training: false), averaged);
        Assert.NotEqual(before, averaged);
        engine.Engine.SwapAverage();
        engine.Forward(trial.Input, trial.Samples, training: false);
        Assert.Equal(before, engine.Output(trial.Network.Layers.Count - 1));
    }

    /// <summary>
    /// The norm over all gradients, and a step by gradients that are scaled to it where it is larger: clip_grad_norm_'s formula.
    /// </summary>
    [Theory, MemberData(nameof(InstructionSets))]
    public void GradientsAreScaledToTheNorm(Isa isa)
    {
        for (int seed = 0; seed < 2 * Teams.Count; seed++)
        {
            var trial = Trial(seed);
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(seed));
            engine.Run(trial);
            var trainable = trial.Network.Parameters.Where(p => p.Parameter.Trainable).ToArray();
            double[][] gradients = [.. trainable.Select(p => engine.Gradient(p.Layer, p.Parameter.Name))];
            double norm = Math.Sqrt(gradients.Sum(g => g.Sum(x => x * x)));
            double limit = (seed & 1) == 0 ? norm / 3 : norm * 1.01;
            double scale = Math.Min(1, limit / (norm + 1e-6));
            var oracle = new OracleOptimizer { Kind = OracleOptimizer.Rule.Momentum, LearningRate = 0.3, WeightDecay = 0.1 };
            foreach (var ((_, _, parameter), gradient) in trainable.Zip(gradients))
                oracle.Step(parameter.Value, [.. gradient.Select(x => scale * x)]);
            var step = Step(1, limit, 0) with { Kind = OptimizerKind.Sgd, LearningRate = 0.3 };
            engine.Engine.BackwardAndUpdate(step);
            Assert.Equal(norm, engine.Engine.GradientNorm, 2e-7 * norm);
            foreach (var (key, layer, parameter) in trainable)
                Agreement.Check($"seed {seed}: {key}", parameter.Value, engine.Parameter(layer, parameter.Name), 1e-6);
        }
    }

    /// <summary>Three steps with everything, at once or one after the other: the same bits whatever runs them.</summary>
    [Fact]
    public void NeitherTeamsNorInstructionSetsNorFusingChangeABit()
    {
        var trial = Trial(7);
        double[] After(Isa isa, WorkTeam team, double clip, bool atOnce)
        {
            using var engine = Engine(trial, isa, team);
            for (int number = 1; number <= 3; number++)
            {
                engine.Forward(trial.Input, trial.Labels, training: true);
                if (atOnce)
                {
                    engine.Engine.BackwardAndUpdate(Step(number, clip));
                    continue;
                }
                engine.Engine.Backward();
                engine.Engine.Update(Step(number, clip));
            }
            return [.. State(trial, engine), .. Averages(trial, engine), engine.Engine.GradientNorm];
        }
        foreach (double clip in new[] { 0, 0.01, 0.5 })
        {
            double[] expected = After(Isa.Avx2, new SerialTeam(), clip, false);
            foreach (Isa isa in EngineUnderTest.InstructionSets)
                for (int team = 0; team < Teams.Count; team++)
                {
                    Assert.Equal(expected, After(isa, Teams.Of(team), clip, false));
                    Assert.Equal(expected, After(isa, Teams.Of(team), clip, true));
                }
        }
    }
}
