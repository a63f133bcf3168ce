namespace NoDeps.Tests.Oracle;

/// <summary>Channels × rows × columns become one row of features in the same order: pedestrians 7, Lochman 3.</summary>
public sealed class OracleFlatten(OracleShape input) : OracleLayer(input, new OracleShape(input.Size, 1, 1))
{
    /// <inheritdoc/>
    public override double[] Forward(double[] input, int samples, bool training) => input;

    /// <inheritdoc/>
    public override double[] Backward(double[] outputGradient) => outputGradient;
}
