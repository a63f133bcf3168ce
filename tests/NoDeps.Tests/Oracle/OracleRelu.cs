namespace NoDeps.Tests.Oracle;

/// <summary>max(0, x), with derivative 0 at 0: Richard (23) and (26), Lochman 5.</summary>
public sealed class OracleRelu(OracleShape shape) : OracleActivation(shape)
{
    /// <inheritdoc/>
    protected override double Value(double x) => Math.Max(0, x);

    /// <inheritdoc/>
    protected override double Derivative(double x) => x > 0 ? 1 : 0;
}
