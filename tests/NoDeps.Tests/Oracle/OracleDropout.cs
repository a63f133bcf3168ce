namespace NoDeps.Tests.Oracle;

/// <summary>
/// Inverted dropout for a given mask: what stays is divided by 1 − p in training, and nothing happens in
/// evaluation mode.
/// </summary>
public sealed class OracleDropout(OracleShape shape, double probability) : OracleLayer(shape, shape)
{
    private bool _training;

    /// <summary>The probability p that a number is dropped.</summary>
    public double Probability { get; } = probability;

    /// <summary>True where a number stays; NCHW as the activations. Everything stays while it is empty.</summary>
    public bool[] Mask { get; set; } = [];

    private double Factor(int at) =>
        !_training ? 1 : Mask.Length != 0 && !Mask[at] ? 0 : 1 / (1 - Probability);

    /// <inheritdoc/>
    public override double[] Forward(double[] input, int samples, bool training)
    {
        _training = training;
        return input.Select((x, at) => x * Factor(at)).ToArray();
    }

    /// <inheritdoc/>
    public override double[] Backward(double[] outputGradient) =>
        outputGradient.Select((x, at) => x * Factor(at)).ToArray();
}
