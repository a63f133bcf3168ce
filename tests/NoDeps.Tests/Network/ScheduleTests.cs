using NoDeps.Network;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>The schedules against PyTorch's definition in float64, for every step of runs of many lengths.</summary>
public class ScheduleTests
{
    public static IEnumerable<object[]> Many =>
        from kind in Enum.GetValues<ScheduleKind>()
        from warmup in new[] { 0, 0.001, 1 / 3.0, 1, 2.5, 3 }
        from stepEpochs in new[] { 0, 1, 2, 100 }
        select new object[] { kind, warmup, stepEpochs };

    private static Recipe Of(ScheduleKind schedule, OptimizerKind optimizer, double momentum)
    {
        var recipe = Recipe.Default;
        recipe.Schedule = schedule;
        recipe.Optimizer = optimizer;
        recipe.LearningRate = 0.05;
        recipe.Momentum = momentum;
        return recipe;
    }

    /// <summary>Momentum and, by torch's cycle_momentum, Adam's first β.</summary>
    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Nesterov)]
    [InlineData(OptimizerKind.Adam)]
    public void OneCycleIsThatOfPyTorch(OptimizerKind optimizer)
    {
        foreach (int steps in Enumerable.Range(1, 60).Append(937).Append(4685))
        {
            var schedule = new Schedule(Of(ScheduleKind.OneCycle, optimizer, 0.9), steps);
            for (int step = 0; step < steps; step++)
            {
                double rate = OracleOneCycle.LearningRate(step, steps, 0.05);
                double momentum = OracleOneCycle.Momentum(step, steps);
                Assert.InRange(schedule.Rate(step), rate - 1e-9, rate + 1e-9);
                Assert.InRange(schedule.Momentum(step), momentum - 1e-9, momentum + 1e-9);
            }
        }
    }

    [Fact]
    public void AnOptimizerWithoutMomentumGetsNone()
    {
        var schedule = new Schedule(Of(ScheduleKind.OneCycle, OptimizerKind.Sgd, 0), 20);
        for (int step = 0; step < 20; step++)
            Assert.Equal(0, schedule.Momentum(step));
    }

    [Fact]
    public void ConstantIsConstant()
    {
        var schedule = new Schedule(Of(ScheduleKind.Constant, OptimizerKind.Nesterov, 0.8), 20);
        for (int step = 0; step < 20; step++)
        {
            Assert.Equal(0.05, schedule.Rate(step));
            Assert.Equal(0.8, schedule.Momentum(step));
        }
    }

    [Fact]
    public void AdamHasItsOwnDecayWhereTheRateIsConstant()
    {
        var schedule = new Schedule(Of(ScheduleKind.Constant, OptimizerKind.Adam, 0.8), 20);
        Assert.Equal(Recipe.Default.Beta1, schedule.Momentum(3));
    }

    /// <summary>
    /// Twenty steps of four epochs, rate 0.05: PyTorch 1.13 in float64, a warm-up as SequentialLR of LinearLR(1/(W + 1), 1, W).
    /// </summary>
    [Theory]
    [InlineData(ScheduleKind.Cosine, 0, new[] { 0, 1, 7, 19 },
        new[] { 0.05, 0.04969220851487845, 0.036349762493488674, 0.00030779148512155856 })]
    [InlineData(ScheduleKind.Linear, 0, new[] { 0, 1, 7, 19 }, new[] { 0.05, 0.0475, 0.0325, 0.0025 })]
    [InlineData(ScheduleKind.Constant, 1, new[] { 0, 4, 5, 19 }, new[] { 0.05 / 6, 0.25 / 6, 0.05, 0.05 })]
    [InlineData(ScheduleKind.Cosine, 1, new[] { 0, 4, 5, 12, 19 },
        new[] { 0.05 / 6, 0.25 / 6, 0.05, 0.027613211581691346, 0.000546309981654858 })]
    [InlineData(ScheduleKind.Linear, 1, new[] { 0, 4, 5, 12, 19 },
        new[] { 0.05 / 6, 0.25 / 6, 0.05, 0.026666666666666665, 0.05 / 15 })]
    [InlineData(ScheduleKind.OneCycle, 2, new[] { 0, 5, 9, 10, 19 },
        new[] { 0.002, 0.03016755626400633, 0.05, 0.048776417801727215, 2e-7 })]
    public void RatesAreThoseOfPyTorch(ScheduleKind kind, double warmup, int[] steps, double[] rates)
    {
        var recipe = Of(kind, OptimizerKind.Nesterov, 0.9);
        recipe.Epochs = 4;
        recipe.Warmup = warmup;
        var schedule = new Schedule(recipe, 20);
        Assert.All(steps.Zip(rates), pair => Assert.Equal(pair.Second, schedule.Rate(pair.First), 1e-12));
    }

    /// <summary>StepLR with a step of so many epochs, here of 10 steps; a third of all where none is named.</summary>
    [Theory]
    [InlineData(2, 0.2, new[] { 0, 19, 20, 39, 40, 59 }, new[] { 1, 1, 0.2, 0.2, 0.04, 0.04 })]
    [InlineData(1, 0.5, new[] { 0, 9, 10, 59 }, new[] { 1, 1, 0.5, 0.03125 })]
    [InlineData(0, 0.1, new[] { 0, 19, 20, 40, 59 }, new[] { 1, 1, 0.1, 0.01, 0.01 })]
    public void AStepMultipliesTheRate(int stepEpochs, double factor, int[] steps, double[] factors)
    {
        var recipe = Of(ScheduleKind.Step, OptimizerKind.Nesterov, 0.9);
        recipe.Epochs = 6;
        recipe.StepEpochs = stepEpochs;
        recipe.StepFactor = factor;
        var schedule = new Schedule(recipe, 60);
        Assert.All(steps.Zip(factors), pair => Assert.Equal(0.05 * pair.Second, schedule.Rate(pair.First), 1e-12));
    }

    /// <summary>Whatever the recipe, a rate is a number from 0 to the highest one, and the momentum is moved by one-cycle only.</summary>
    [Theory, MemberData(nameof(Many))]
    public void RatesStayWithinBounds(ScheduleKind kind, double warmup, int stepEpochs)
    {
        foreach (int steps in new[] { 3, 7, 60, 937 })
        {
            var recipe = Of(kind, OptimizerKind.AdamW, 0.9);
            recipe.Epochs = 3;
            recipe.Warmup = warmup;
            recipe.StepEpochs = stepEpochs;
            var schedule = new Schedule(recipe, steps);
            for (int step = 0; step < steps; step++)
            {
                Assert.InRange(schedule.Rate(step), 0, 0.05 * (1 + 1e-12));
                if (kind != ScheduleKind.OneCycle) Assert.Equal(0.9, schedule.Momentum(step));
                else Assert.InRange(schedule.Momentum(step), 0.85 - 1e-12, 0.95 + 1e-12);
            }
        }
    }
}
