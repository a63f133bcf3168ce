namespace NoDeps.Tests.Oracle;

/// <summary>
/// A named array of a layer in PyTorch's layout: <c>weight</c>, <c>bias</c>, or a buffer such as
/// <c>running_mean</c>, which has no gradient.
/// </summary>
public sealed class OracleParameter(string name, int[] dimensions, bool trainable)
{
    /// <summary>The last part of PyTorch's key.</summary>
    public string Name { get; } = name;
    /// <summary>The array's dimensions, outermost first; none for a single number.</summary>
    public int[] Dimensions { get; } = dimensions;
    /// <summary>False for a buffer.</summary>
    public bool Trainable { get; } = trainable;
    /// <summary>The numbers.</summary>
    public double[] Value { get; } = new double[dimensions.Aggregate(1, (a, b) => a * b)];
    /// <summary>∂L/∂value of the last backward pass; all zero for a buffer.</summary>
    public double[] Gradient { get; } = new double[dimensions.Aggregate(1, (a, b) => a * b)];
}
