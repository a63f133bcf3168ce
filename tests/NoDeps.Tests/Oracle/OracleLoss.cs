namespace NoDeps.Tests.Oracle;

/// <summary>A loss over the last layer's outputs and the labels: the mean over the batch.</summary>
public abstract class OracleLoss
{
    /// <summary>The loss of a batch of <c>labels.Length</c> rows of <paramref name="classes"/> numbers.</summary>
    public abstract double Value(double[] output, int[] labels, int classes);

    /// <summary>∂loss/∂output.</summary>
    public abstract double[] Gradient(double[] output, int[] labels, int classes);
}
