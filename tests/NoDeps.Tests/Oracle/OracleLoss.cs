namespace NoDeps.Tests.Oracle;

/// <summary>
/// A loss over the last layer's outputs and the labels: the mean over the batch, weighted by the class where there are weights.
/// </summary>
public abstract class OracleLoss
{
    /// <summary>The weight argument of torch.nn.CrossEntropyLoss; empty for weights of 1.</summary>
    public double[] ClassWeights { get; set; } = [];

    /// <summary>The weight of a class.</summary>
    protected double Weight(int label) => ClassWeights.Length == 0 ? 1 : ClassWeights[label];

    /// <summary>What the sum over the batch is divided by.</summary>
    protected double TotalWeight(int[] labels) => labels.Sum(Weight);

    /// <summary>The loss of a batch of <c>labels.Length</c> rows of <paramref name="classes"/> numbers.</summary>
    public abstract double Value(double[] output, int[] labels, int classes);

    /// <summary>∂loss/∂output.</summary>
    public abstract double[] Gradient(double[] output, int[] labels, int classes);
}
