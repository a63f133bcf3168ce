namespace NoDeps.Tests.Oracle;

/// <summary>σ(x) = 1/(1 + e^−x), σ′ = σ(1 − σ): Richard, pedestrians 4.</summary>
public sealed class OracleSigmoid(OracleShape shape) : OracleActivation(shape)
{
    /// <inheritdoc/>
    protected override double Value(double x) => 1 / (1 + Math.Exp(-x));

    /// <inheritdoc/>
    protected override double Derivative(double x) => Value(x) * (1 - Value(x));
}
