using NoDeps.Network;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>The schedules against PyTorch's definition in float64, for every step of runs of many lengths.</summary>
public class ScheduleTests
{
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
}
