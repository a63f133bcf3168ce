using Xunit;
using Rule = NoDeps.Tests.Oracle.OracleOptimizer.Rule;

namespace NoDeps.Tests.Oracle;

/// <summary>
/// The update rules and the schedule against numbers that PyTorch 1.13 gave in float64: six steps on three numbers,
/// with gradient (0.3, −0.2, 0.1)(t + 1) + θ²/2.
/// </summary>
public class OracleOptimizerTests
{
    private static double[] SixSteps(OracleOptimizer optimizer, Action<int>? before = null)
    {
        double[] numbers = [0.5, -1.25, 2.0], slope = [0.3, -0.2, 0.1];
        for (int t = 0; t < 6; t++)
        {
            before?.Invoke(t);
            optimizer.Step(numbers, numbers.Select((x, i) => slope[i] * (t + 1) + 0.5 * x * x).ToArray());
        }
        return numbers;
    }

    [Theory]
    [InlineData(Rule.Sgd, 0.1, 0, -0.16602377978736013, -1.3773595614421048, 1.0414718611287228)]
    [InlineData(Rule.Sgd, 0.1, 0.01, -0.16770772945819212, -1.366022864171662, 1.0351023413576488)]
    [InlineData(Rule.Momentum, 0.1, 0.01, -1.1340025188459768, -2.0369141611104076, -0.5973498593941434)]
    [InlineData(Rule.Nesterov, 0.1, 0.01, -1.6927199566170155, -2.650627570822218, -0.6812256974430552)]
    [InlineData(Rule.Adam, 0.01, 0.01, 0.4409632645183061, -1.2918588068666361, 1.9397853876685538)]
    [InlineData(Rule.AdamW, 0.01, 0.01, 0.4407001693949134, -1.2919113653964867, 1.938599776532048)]
    [InlineData(Rule.AdamW, 0.01, 0.5, 0.4268991117149161, -1.253406076716463, 1.8813155240309476)]
    public void RulesAgreeWithPyTorch(Rule rule, double rate, double decay, double a, double b, double c)
    {
        var optimizer = new OracleOptimizer { Kind = rule, LearningRate = rate, WeightDecay = decay };
        Agreement.Check(rule.ToString(), [a, b, c], SixSteps(optimizer), 1e-13);
    }

    [Theory]
    [InlineData(Rule.Nesterov, 0.035689248489966297, -1.409419041022964, 1.0333976513670937)]
    [InlineData(Rule.Adam, 0.3554436176562859, -1.3486462356345708, 1.8619998531934256)]
    public void RulesUnderACycleAgreeWithPyTorch(Rule rule, double a, double b, double c)
    {
        var optimizer = new OracleOptimizer { Kind = rule, WeightDecay = 5e-4 };
        var numbers = SixSteps(optimizer, t =>
        {
            optimizer.LearningRate = OracleOneCycle.LearningRate(t, 7, 0.05);
            optimizer.Momentum = OracleOneCycle.Momentum(t, 7);
        });
        Agreement.Check(rule.ToString(), [a, b, c], numbers, 1e-13);
    }

    [Theory]
    [InlineData(0, 0.002, 0.95)]
    [InlineData(3, 0.033416407864998735, 0.8845491502812526)]
    [InlineData(5, 0.05, 0.85)]
    [InlineData(12, 0.0250001, 0.9)]
    [InlineData(18, 0.0006269996882456277, 0.9487463956090911)]
    [InlineData(19, 2e-07, 0.95)]
    public void ACycleOfTwentyStepsAgreesWithPyTorch(int step, double rate, double momentum)
    {
        Assert.Equal(rate, OracleOneCycle.LearningRate(step, 20, 0.05), 15);
        Assert.Equal(momentum, OracleOneCycle.Momentum(step, 20), 15);
    }
}
