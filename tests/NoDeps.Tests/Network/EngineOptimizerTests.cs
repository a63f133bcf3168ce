using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;
using Rule = NoDeps.Tests.Oracle.OracleOptimizer.Rule;

namespace NoDeps.Tests.Network;

/// <summary>
/// The engine's update rules against PyTorch's definitions in float64: both start from the same parameters and see
/// the engine's own gradients, step after step.
/// </summary>
public class EngineOptimizerTests
{
    public static IEnumerable<object[]> Rules =>
        from rule in Enum.GetValues<Rule>()
        from decay in new[] { 0, 0.01 }
        from isa in EngineUnderTest.InstructionSets
        select new object[] { rule, decay, isa };

    private static OptimizerKind Kind(Rule rule) => rule switch
    {
        Rule.Adam => OptimizerKind.Adam,
        Rule.AdamW => OptimizerKind.AdamW,
        Rule.Nesterov => OptimizerKind.Nesterov,
        _ => OptimizerKind.Sgd,
    };

    [Theory, MemberData(nameof(Rules))]
    public void TenStepsFollowTheDefinition(Rule rule, double decay, Isa isa)
    {
        const string Text = "input 3x9x8\nconv 7 kernel=3x2\nbatchnorm\nrelu\nflatten\ndense 45\ntanh\ndense 11\n"
            + "loss softmax-cross-entropy\n";
        const int Steps = 10;
        for (int seed = 0; seed < Teams.Count; seed++)
        {
            var trial = RandomTrial.Of(new Random(seed), () => Text, 33);
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(seed));
            var oracle = new OracleOptimizer { Kind = rule, WeightDecay = decay };
            for (int step = 0; step < Steps; step++)
            {
                oracle.LearningRate = OracleOneCycle.LearningRate(step, Steps, rule >= Rule.Adam ? 0.01 : 0.1);
                oracle.Momentum = rule == Rule.Sgd ? 0 : OracleOneCycle.Momentum(step, Steps);
                engine.Run(trial);
                foreach (var (_, layer, parameter) in trial.Network.Parameters.Where(p => p.Parameter.Trainable))
                    oracle.Step(parameter.Value, engine.Gradient(layer, parameter.Name));
                engine.Engine.Update(new OptimizerStep
                {
                    Kind = Kind(rule),
                    LearningRate = oracle.LearningRate,
                    Momentum = oracle.Momentum,
                    Beta2 = 0.999,
                    Epsilon = 1e-8,
                    WeightDecay = decay,
                    Number = step + 1,
                });
                foreach (var (key, layer, parameter) in trial.Network.Parameters.Where(p => p.Parameter.Trainable))
                    Agreement.Check($"{rule}, step {step}: {key}", parameter.Value,
                        engine.Parameter(layer, parameter.Name), 1e-6 * (step + 1));
            }
        }
    }

    /// <summary>Moments that were forgotten make the next step a first step.</summary>
    [Theory, InlineData(Rule.Momentum), InlineData(Rule.Adam), InlineData(Rule.AdamW)]
    public void ForgottenMomentsHaveNoEffect(Rule rule)
    {
        var trial = RandomTrial.Of(new Random(9), "dense", 20);
        var step = new OptimizerStep
        {
            Kind = Kind(rule),
            LearningRate = 0.1,
            Momentum = 0.9,
            Beta2 = 0.999,
            Epsilon = 1e-8,
            Number = 1,
        };
        double[][] After(bool used)
        {
            using var engine = new EngineUnderTest(trial, Isa.Avx2, new SerialTeam());
            if (used)
            {
                engine.Run(trial);
                engine.Engine.Update(step);
                engine.Load(trial.Network);
                engine.Engine.ResetOptimizer();
            }
            engine.Run(trial);
            engine.Engine.Update(step);
            return trial.Network.Parameters.Select(p => engine.Parameter(p.Layer, p.Parameter.Name)).ToArray();
        }
        if (!trial.Network.Layers.Any(layer => layer is OracleBatchNormalization))
            Assert.Equal(After(false), After(true));
    }

    /// <summary>Backward pass and update in one: the bits of both, one after the other, whatever the layers' widths.</summary>
    [Theory, MemberData(nameof(Rules))]
    public void UpdatingAtOnceGivesTheSameBits(Rule rule, double decay, Isa isa)
    {
        const string Text = "input 1x8x6\nconv 4 kernel=3\nrelu\nflatten\ndense 80\nrelu\ndense 37\ntanh\ndense 64\ndense 9\n"
            + "loss softmax-cross-entropy\n";
        for (int seed = 0; seed < Teams.Count; seed++)
        {
            var trial = RandomTrial.Of(new Random(seed), () => Text, 50);
            double[][] After(bool atOnce)
            {
                using var engine = new EngineUnderTest(trial, isa, Teams.Of(seed));
                for (int number = 1; number <= 3; number++)
                {
                    var step = new OptimizerStep
                    {
                        Kind = Kind(rule),
                        LearningRate = 0.05,
                        Momentum = 0.9,
                        Beta2 = 0.999,
                        Epsilon = 1e-8,
                        WeightDecay = decay,
                        Number = number,
                    };
                    engine.Forward(trial.Input, trial.Labels, training: true);
                    if (atOnce)
                    {
                        engine.Engine.BackwardAndUpdate(step);
                        continue;
                    }
                    engine.Engine.Backward();
                    engine.Engine.Update(step);
                }
                return [.. trial.Network.Parameters.Select(p => engine.Parameter(p.Layer, p.Parameter.Name))];
            }
            Assert.Equal(After(false), After(true));
        }
    }
}
