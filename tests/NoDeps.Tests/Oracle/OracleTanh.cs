namespace NoDeps.Tests.Oracle;

/// <summary>tanh x, with derivative 1 − tanh² x: pedestrians 4.</summary>
public sealed class OracleTanh(OracleShape shape) : OracleActivation(shape)
{
    /// <inheritdoc/>
    protected override double Value(double x) => Math.Tanh(x);

    /// <inheritdoc/>
    protected override double Derivative(double x) => 1 - Math.Tanh(x) * Math.Tanh(x);
}
