using Xunit;

namespace NoDeps.Tests.Oracle;

/// <summary>
/// Weighted losses against what PyTorch 1.13 gave in float64 for CrossEntropyLoss(weight, label_smoothing), and for the weighted mean
/// of squared errors.
/// </summary>
public class OracleLossTests
{
    private static readonly double[] Output = [1, -0.5, 2, 0.25, 0.75, -1.5, -2, 1, 0.5, 0, 0.5, 1], Weights = [0.5, 2, 1.25];
    private static readonly int[] Labels = [2, 0, 1, 2];

    [Theory]
    [InlineData(0, 0.5685530687038891, new[] { 0.06342904540875631, 0.01415293306011782, -0.0775819784688741,
        -0.06457035622287322, 0.058413607308677375, 0.006156748914195846, 0.01202355502782961, -0.15850044154054968,
        0.1464768865127201, 0.04658093080646189, 0.0767989714296246, -0.1233799022360865 })]
    [InlineData(0.2, 0.7220438012766321, new[] { 0.05676237874208964, -0.012513733606548845, -0.044248645135540776,
        -0.04060812975640185, 0.049271022834613924, -0.008662893078212067, 0.004455121734075722, -0.12327957509167513,
        0.1188244533575994, 0.03991426413979522, 0.05013230476295793, -0.09004656890275317 })]
    [InlineData(-1, 1.33125, new[] { 0.25, -0.125, 0.25, -0.075, 0.075, -0.15, -0.8, 0.0, 0.2, 0.0, 0.125, 0.0 })]
    public void WeightedLossesAgreeWithPyTorch(double smoothing, double value, double[] gradient)
    {
        OracleLoss loss = smoothing < 0 ? new OracleSquaredError() : new OracleSoftmaxCrossEntropy { Smoothing = smoothing };
        loss.ClassWeights = Weights;
        Assert.Equal(value, loss.Value(Output, Labels, 3), 1e-14);
        Agreement.Check("gradient", gradient, loss.Gradient(Output, Labels, 3), 1e-13);
    }
}
