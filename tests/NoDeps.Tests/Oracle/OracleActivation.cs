namespace NoDeps.Tests.Oracle;

/// <summary>
/// An element-wise function (pedestrians 4: the gradient is Δ ∘ g′(A)). Each of the four is a file of its own.
/// </summary>
public abstract class OracleActivation(OracleShape shape) : OracleLayer(shape, shape)
{
    private double[] _x = [];

    /// <summary>f(x).</summary>
    protected abstract double Value(double x);

    /// <summary>f′(x).</summary>
    protected abstract double Derivative(double x);

    /// <inheritdoc/>
    public override double[] Forward(double[] input, int samples, bool training)
    {
        _x = input;
        return Array.ConvertAll(input, Value);
    }

    /// <inheritdoc/>
    public override double[] Backward(double[] outputGradient)
    {
        var gradient = new double[_x.Length];
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = outputGradient[i] * Derivative(_x[i]);
        return gradient;
    }
}
