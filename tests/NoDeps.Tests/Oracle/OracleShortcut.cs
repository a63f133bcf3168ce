namespace NoDeps.Tests.Oracle;

/// <summary>
/// Addition of an earlier output (pedestrians 2, the note about shortcut connections): the gradient goes unchanged
/// to both summands. <see cref="OracleNetwork"/> hands over the earlier output and takes its gradient.
/// </summary>
public sealed class OracleShortcut(OracleShape shape, int back) : OracleLayer(shape, shape)
{
    /// <summary>k of <c>shortcut back=k</c>: layer i adds the output of layer i − k; −1 is the input.</summary>
    public int Back { get; } = back;

    /// <summary>The output of layer i − k; set before <see cref="Forward"/>.</summary>
    public double[] Earlier { get; set; } = [];

    /// <inheritdoc/>
    public override double[] Forward(double[] input, int samples, bool training) =>
        input.Zip(Earlier, (a, b) => a + b).ToArray();

    /// <inheritdoc/>
    public override double[] Backward(double[] outputGradient) => outputGradient;
}
