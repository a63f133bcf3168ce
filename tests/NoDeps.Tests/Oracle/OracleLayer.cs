namespace NoDeps.Tests.Oracle;

/// <summary>
/// One layer in float64, written for reading: sums as the papers print them, arrays in NCHW order, one batch at a
/// time. <see cref="Forward"/> keeps what <see cref="Backward"/> needs.
/// </summary>
public abstract class OracleLayer(OracleShape input, OracleShape output)
{
    /// <summary>Shape of one input sample.</summary>
    public OracleShape Input { get; } = input;
    /// <summary>Shape of one output sample.</summary>
    public OracleShape Output { get; } = output;
    /// <summary>Weights, biases and buffers, in PyTorch's order; most layers have none.</summary>
    public virtual IReadOnlyList<OracleParameter> Parameters => [];

    /// <summary>The output of <paramref name="samples"/> samples, as a new array.</summary>
    public abstract double[] Forward(double[] input, int samples, bool training);

    /// <summary>
    /// From ∂L/∂output of the last <see cref="Forward"/> the gradient ∂L/∂input; the parameters' gradients are
    /// overwritten on the way.
    /// </summary>
    public abstract double[] Backward(double[] outputGradient);
}
