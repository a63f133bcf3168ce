using Xunit;

namespace NoDeps.Tests.Oracle;

/// <summary>Small cases worked out by hand: conventions that random trials cannot tell apart.</summary>
public class OracleLayerTests
{
    private static OracleWindow Window(int kernel, int stride, int padding) => new(kernel, stride, padding);

    [Fact]
    public void TheFirstMaximumInRowOrderHasTheGradient()
    {
        var layer = new OracleMaxPooling(new OracleShape(1, 2, 2), Window(2, 2, 0), Window(2, 2, 0));
        Assert.Equal([3.0], layer.Forward([1, 3, 3, 3], 1, true));
        Assert.Equal([0.0, 5, 0, 0], layer.Backward([5]));
    }

    [Fact]
    public void ThePaddingOfAMaximumNeverWins()
    {
        var layer = new OracleMaxPooling(new OracleShape(1, 2, 2), Window(2, 2, 1), Window(2, 2, 1));
        Assert.Equal([-1.0, -2, -3, -4], layer.Forward([-1, -2, -3, -4], 1, true));
    }

    [Fact]
    public void ThePaddingOfAMeanCounts()
    {
        var layer = new OracleAveragePooling(new OracleShape(1, 2, 2), Window(2, 2, 1), Window(2, 2, 1));
        Assert.Equal([1.0, 2, 3, 4], layer.Forward([4, 8, 12, 16], 1, true));
        Assert.Equal([0.25, 0.5, 0.75, 1], layer.Backward([1, 2, 3, 4]));
    }

    [Fact]
    public void AConvolutionDoesNotTurnItsKernel()
    {
        var layer = new OracleConvolution(new OracleShape(1, 1, 3), 1, Window(1, 1, 0), Window(2, 1, 0));
        new double[] { 10, 1 }.CopyTo(layer.Parameters[0].Value, 0);
        layer.Parameters[1].Value[0] = 0.5;
        Assert.Equal([12.5, 23.5], layer.Forward([1, 2, 3], 1, true));
        Assert.Equal([10.0, 21, 2], layer.Backward([1, 2]));
        Assert.Equal([5.0, 8], layer.Parameters[0].Gradient);
        Assert.Equal([3.0], layer.Parameters[1].Gradient);
    }

    [Fact]
    public void NormalizationUsesTheBiasedVarianceAndKeepsTheUnbiasedOne()
    {
        var layer = new OracleBatchNormalization(new OracleShape(1, 1, 1));
        var output = layer.Forward([1, 3], 2, training: true);
        Assert.Equal(1 / Math.Sqrt(1 + 1e-5), output[1], 12);
        Assert.Equal(0.2, layer.Parameters[2].Value[0], 12);
        Assert.Equal(0.9 + 0.1 * 2, layer.Parameters[3].Value[0], 12);
        Assert.Equal(1, layer.Parameters[4].Value[0]);
        Assert.Equal((5 - 0.2) / Math.Sqrt(1.1 + 1e-5), layer.Forward([5], 1, training: false)[0], 12);
    }

    [Fact]
    public void DropoutScalesWhatItKeepsAndRestsInEvaluation()
    {
        var layer = new OracleDropout(new OracleShape(2, 1, 1), 0.75) { Mask = [true, false] };
        Assert.Equal([4.0, 0], layer.Forward([1, 2], 1, training: true));
        Assert.Equal([12.0, 0], layer.Backward([3, 3]));
        Assert.Equal([1.0, 2], layer.Forward([1, 2], 1, training: false));
    }

    [Fact]
    public void DerivativesAtZeroAreThoseOfTheOtherSide()
    {
        var shape = new OracleShape(1, 1, 1);
        OracleLayer relu = new OracleRelu(shape), leaky = new OracleLeakyRelu(shape, 0.25);
        Assert.Equal([0.0], relu.Forward([0], 1, true));
        Assert.Equal([0.0], relu.Backward([1]));
        Assert.Equal([-0.5], leaky.Forward([-2], 1, true));
        Assert.Equal([0.25], leaky.Backward([1]));
    }

    [Fact]
    public void CrossEntropySurvivesLargeLogits()
    {
        var loss = new OracleSoftmaxCrossEntropy();
        Assert.Equal(2000, loss.Value([1000, -1000], [1], 2), 9);
        Assert.Equal([1.0, -1], loss.Gradient([1000, -1000], [1], 2));
    }

    /// <summary>Against torch.nn.CrossEntropyLoss(label_smoothing=ε) in float64.</summary>
    [Theory]
    [InlineData(0, 1.7675473647392799, 0.08841009105372215, -0.4846366298367818, 0.023620981225330247)]
    [InlineData(0.1, 1.8258806980726132, 0.07174342438705548, -0.45130329650344847, 0.00695431455866358)]
    [InlineData(1, 2.350880698072613, -0.07825657561294451, -0.15130329650344845, -0.14304568544133642)]
    public void SmoothedCrossEntropyIsThatOfPyTorch(double smoothing, double value, double a, double b, double c)
    {
        var loss = new OracleSoftmaxCrossEntropy { Smoothing = smoothing };
        double[] logits = [0.5, -1.25, 2, 3, 0, -2.5];
        Assert.Equal(value, loss.Value(logits, [1, 0], 3), 14);
        var gradient = loss.Gradient(logits, [1, 0], 3);
        Agreement.Check("gradient", [a, b, c], [gradient[0], gradient[1], gradient[4]], 1e-14);
    }

    [Fact]
    public void SquaredErrorIsHalfTheSquaredDistanceAveragedOverTheBatch()
    {
        var loss = new OracleSquaredError();
        Assert.Equal(((0.25 + 0.25) / 2 + (1 + 1) / 2.0) / 2, loss.Value([0.5, 0.5, 1, 0], [0, 1], 2), 12);
        Assert.Equal([-0.25, 0.25, 0.5, -0.5], loss.Gradient([0.5, 0.5, 1, 0], [0, 1], 2));
    }

    [Fact]
    public void AShortcutAddsAnEarlierOutputAndSendsItsGradientToBoth()
    {
        var network = OracleNetwork.Of("input 1x1x2\ntanh\nrelu\nshortcut back=2\nflatten\nloss squared-error\n");
        var output = network.Forward([1, -1], 1, training: true);
        Assert.Equal([2 * Math.Tanh(1), Math.Tanh(-1)], output);
        network.Backward([0]);
        double slope = 1 - Math.Tanh(1) * Math.Tanh(1);
        Assert.Equal(2 * (2 * Math.Tanh(1) - 1) * slope, network.InputGradient[0], 12);
        Assert.Equal(-Math.Tanh(1) * slope, network.InputGradient[1], 12);
    }
}
