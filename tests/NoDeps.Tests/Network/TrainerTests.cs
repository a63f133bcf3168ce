using System.Runtime.InteropServices;
using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>
/// Whole trainings on random images: against the oracle trained on the same batches in float64, and against
/// themselves on other instruction sets and teams.
/// </summary>
public sealed unsafe class TrainerTests : IDisposable
{
    private const string Text = "input 1x8x7\nconv 5 kernel=3\nrelu\nbatchnorm\nmaxpool kernel=2\nflatten\ndense 12\n"
        + "tanh\ndense 4\nloss softmax-cross-entropy\n";
    private const int Count = 203, Size = 56, Classes = 4;
    private static readonly Normalization Normal = new(0.5f, 0.25f);
    private readonly byte* _images = (byte*)NativeMemory.Alloc(Count * Size);
    private readonly byte* _labels = (byte*)NativeMemory.Alloc(Count);
    private readonly int* _order = (int*)NativeMemory.Alloc(Count * sizeof(int));

    /// <summary>Images whose class shows in their brightness, so that there is something to learn.</summary>
    public TrainerTests()
    {
        var random = new Random(17);
        for (int i = 0; i < Count; i++)
        {
            _labels[i] = (byte)random.Next(Classes);
            for (int pixel = 0; pixel < Size; pixel++)
                _images[i * Size + pixel] = (byte)(random.Next(128) + 30 * _labels[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_images);
        NativeMemory.Free(_labels);
        NativeMemory.Free(_order);
    }

    private static Recipe Recipe(OptimizerKind optimizer, ScheduleKind schedule, int batch, int epochs)
    {
        var recipe = NoDeps.Network.Recipe.Default;
        (recipe.Optimizer, recipe.Schedule, recipe.Batch, recipe.Epochs) = (optimizer, schedule, batch, epochs);
        recipe.LearningRate = optimizer == OptimizerKind.Adam ? 0.005 : 0.02;
        return recipe;
    }

    private Trainer Over(EngineUnderTest engine, Recipe recipe, ulong seed) =>
        new(engine.Engine, recipe, Normal, seed, _images, _labels, Count, _order);

    private int[] Order => new ReadOnlySpan<int>(_order, Count).ToArray();

    private EngineUnderTest Engine(Isa isa, WorkTeam team, int maxBatch, OracleNetwork network)
    {
        var engine = new EngineUnderTest(Text, network, maxBatch, isa, team, default);
        engine.Engine.Initialize(5);
        return engine;
    }

    [Fact]
    public void EveryEpochHasAnOrderOfItsOwnThatFollowsSeedAndNumber()
    {
        using var engine = Engine(Isa.Avx2, new SerialTeam(), 10, OracleNetwork.Of(Text));
        var recipe = Recipe(OptimizerKind.Sgd, ScheduleKind.Constant, 10, 3);
        int[][] Orders(ulong seed)
        {
            var trainer = Over(engine, recipe, seed);
            return Enumerable.Range(0, 3).Select(epoch =>
            {
                trainer.BeginEpoch(epoch);
                return Order;
            }).ToArray();
        }
        var orders = Orders(1);
        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, Count), order.Order()));
        Assert.NotEqual(orders[0], orders[1]);
        Assert.NotEqual(orders[1], orders[2]);
        Assert.Equal(orders, Orders(1));
        Assert.NotEqual(orders[0], Orders(2)[0]);
        Assert.Equal(21, Over(engine, recipe, 1).StepsPerEpoch);
        Assert.Equal(Count, Over(engine, recipe, 1).SamplesPerEpoch);
        recipe.DropLast = true;
        Assert.Equal(20, Over(engine, recipe, 1).StepsPerEpoch);
        Assert.Equal(200, Over(engine, recipe, 1).SamplesPerEpoch);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, ScheduleKind.Constant, 1, 0)]
    [InlineData(OptimizerKind.Sgd, ScheduleKind.OneCycle, 40, 0)]
    [InlineData(OptimizerKind.Nesterov, ScheduleKind.OneCycle, 33, 0)]
    [InlineData(OptimizerKind.Nesterov, ScheduleKind.OneCycle, 50, 2)]
    [InlineData(OptimizerKind.Adam, ScheduleKind.Constant, 64, 0)]
    [InlineData(OptimizerKind.Adam, ScheduleKind.OneCycle, 50, 0)]
    public void ATrainingFollowsTheOracle(OptimizerKind optimizer, ScheduleKind schedule, int batch, int shift)
    {
        foreach (Isa isa in EngineUnderTest.InstructionSets)
        {
            var network = OracleNetwork.Of(Text);
            var recipe = Recipe(optimizer, schedule, batch, epochs: 2);
            recipe.Shift = shift;
            using var engine = Engine(isa, Teams.Of(batch), batch, network);
            foreach (var (_, layer, parameter) in network.Parameters)
                engine.Parameter(layer, parameter.Name).CopyTo(parameter.Value, 0);
            var oracle = new OracleOptimizer
            {
                Kind = optimizer switch
                {
                    OptimizerKind.Adam => OracleOptimizer.Rule.Adam,
                    OptimizerKind.Nesterov => OracleOptimizer.Rule.Nesterov,
                    _ => OracleOptimizer.Rule.Momentum,
                },
                WeightDecay = recipe.WeightDecay,
            };
            var trainer = Over(engine, recipe, 3);
            int steps = Math.Min(trainer.StepsPerEpoch * 2, 8);
            for (int step = 0; step < steps; step++)
            {
                if (step % trainer.StepsPerEpoch == 0)
                    trainer.BeginEpoch(step / trainer.StepsPerEpoch);
                int first = step % trainer.StepsPerEpoch * batch, samples = Math.Min(batch, trainer.SamplesPerEpoch - first);
                int[] which = Order.AsSpan(first, samples).ToArray();
                int[] labels = Array.ConvertAll(which, i => (int)_labels[i]);
                network.Forward(Normalized(which, shift, step / trainer.StepsPerEpoch), samples, training: true);
                network.Backward(labels);
                double loss = network.Loss(labels);
                bool cycles = schedule == ScheduleKind.OneCycle;
                int total = trainer.StepsPerEpoch * 2;
                oracle.LearningRate = cycles ? OracleOneCycle.LearningRate(step, total, recipe.LearningRate)
                    : recipe.LearningRate;
                oracle.Momentum = cycles ? OracleOneCycle.Momentum(step, total) : recipe.Momentum;
                oracle.Step(network);
                Agreement.Check($"{isa}, loss of step {step}", [loss], [trainer.Step()], 1e-3);
            }
            foreach (var (key, layer, parameter) in network.Parameters)
                Agreement.Check($"{isa}: {key}", parameter.Value, engine.Parameter(layer, parameter.Name), 2e-3);
        }
    }

    private double[] Normalized(int[] which, int shift, int epoch) => which
        .SelectMany(i =>
        {
            (int down, int right) = OracleShift.Draw(3, (1UL << 41) + (ulong)epoch, i, shift);
            return OracleShift.Apply(new ReadOnlySpan<byte>(_images + i * Size, Size), new OracleShape(1, 8, 7), down, right);
        })
        .Select(pixel => (pixel / 255.0 - Normal.Mean) / Normal.Std).ToArray();

    [Fact]
    public void ATrainingLearnsAndIsTheSameToTheBitEverywhere()
    {
        var recipe = Recipe(OptimizerKind.Nesterov, ScheduleKind.OneCycle, 50, epochs: 12);
        recipe.Shift = 1;
        var network = OracleNetwork.Of(Text);
        float[]? first = null;
        foreach (Isa isa in EngineUnderTest.InstructionSets)
            for (int team = 0; team < Teams.Count; team++)
            {
                using var engine = Engine(isa, Teams.Of(team), 64, network);
                var trainer = Over(engine, recipe, 3);
                double before = Evaluation.Of(engine.Engine, Normal, _images, _labels, Count).Loss;
                for (int epoch = 0; epoch < recipe.Epochs; epoch++)
                {
                    trainer.BeginEpoch(epoch);
                    for (int step = 0; step < trainer.StepsPerEpoch; step++)
                        trainer.Step();
                }
                Assert.Equal(recipe.Epochs * trainer.StepsPerEpoch, trainer.StepsTaken);
                var after = Evaluation.Of(engine.Engine, Normal, _images, _labels, Count);
                Assert.True(after.Loss < before / 2, $"{before} → {after.Loss}");
                var numbers = network.Parameters
                    .SelectMany(p => engine.Parameter(p.Layer, p.Parameter.Name)).Append(after.Loss)
                    .Append(after.Correct).Select(x => (float)x).ToArray();
                first ??= numbers;
                Assert.True(first.AsSpan().SequenceEqual(numbers), $"{isa}, {Teams.Of(team).GetType().Name}");
            }
    }

    [Fact]
    public void AnEvaluationDoesNotDependOnTheBatch()
    {
        var network = OracleNetwork.Of(Text);
        Evaluation With(int maxBatch)
        {
            using var engine = Engine(Isa.Avx2, new SerialTeam(), maxBatch, network);
            return Evaluation.Of(engine.Engine, Normal, _images, _labels, Count);
        }
        var reference = With(Count);
        foreach (int maxBatch in new[] { 1, 15, 16, 17, 100, 500 })
        {
            var evaluation = With(maxBatch);
            Assert.Equal(reference.Correct, evaluation.Correct);
            Assert.Equal(Count, evaluation.Count);
            Assert.Equal(reference.Loss, evaluation.Loss, 6);
        }
    }

    /// <summary>A recipe that balances classes trains with the weights of its own images, and others without.</summary>
    [Fact]
    public void BalancedClassesWeighTheLoss()
    {
        for (int i = 0; i < Count; i++) if (_labels[i] == 2) _labels[i] = (byte)(i % 7 == 0 ? 2 : 0);
        double[] Trained(bool balances, bool sets)
        {
            using var engine = Engine(Isa.Avx2, new SerialTeam(), 20, OracleNetwork.Of(Text));
            var recipe = Recipe(OptimizerKind.Nesterov, ScheduleKind.Constant, 20, 1);
            recipe.BalancesClasses = balances;
            var trainer = Over(engine, recipe, 1);
            if (sets)
            {
                int[] counts = [.. Enumerable.Range(0, Classes).Select(c => Enumerable.Range(0, Count).Count(i => _labels[i] == c))];
                engine.Engine.SetClassWeights([.. counts.Select(count => (float)(Count / ((double)Classes * count)))]);
            }
            trainer.BeginEpoch(0);
            for (int step = 0; step < 5; step++) trainer.Step();
            return [.. engine.Parameter(0, "weight"), .. engine.Parameter(5, "weight")];
        }
        Assert.Equal(Trained(false, true), Trained(true, false));
        Assert.NotEqual(Trained(false, false), Trained(true, false));
    }
}
