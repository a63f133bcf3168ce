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

    [Fact]
    public void One_cycle_is_that_of_PyTorch()
    {
        foreach (int steps in Enumerable.Range(1, 60).Append(937).Append(4685))
        {
            var schedule = new Schedule(Of(ScheduleKind.OneCycle, OptimizerKind.Nesterov, 0.9), steps);
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
    public void An_optimizer_without_momentum_gets_none()
    {
        var schedule = new Schedule(Of(ScheduleKind.OneCycle, OptimizerKind.Sgd, 0), 20);
        for (int step = 0; step < 20; step++)
            Assert.Equal(0, schedule.Momentum(step));
    }

    [Fact]
    public void Constant_is_constant()
    {
        var schedule = new Schedule(Of(ScheduleKind.Constant, OptimizerKind.Nesterov, 0.8), 20);
        for (int step = 0; step < 20; step++)
        {
            Assert.Equal(0.05, schedule.Rate(step));
            Assert.Equal(0.8, schedule.Momentum(step));
        }
    }
}
