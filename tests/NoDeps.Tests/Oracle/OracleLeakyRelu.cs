namespace NoDeps.Tests.Oracle;

/// <summary>x for x &gt; 0, slope·x otherwise (pedestrians 4); at 0 the derivative is the slope (PyTorch).</summary>
public sealed class OracleLeakyRelu(OracleShape shape, double slope) : OracleActivation(shape)
{
    /// <inheritdoc/>
    protected override double Value(double x) => x > 0 ? x : slope * x;

    /// <inheritdoc/>
    protected override double Derivative(double x) => x > 0 ? 1 : slope;
}
