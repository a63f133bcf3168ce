namespace NoDeps.Tests.Oracle;

/// <summary>A fully connected layer: scratch 3.2, Richard (1)–(13), pedestrians 5, Lochman 4. Weights are (out, in).
/// </summary>
public sealed class OracleDense : OracleLayer
{
    private readonly OracleParameter _weight, _bias;
    private double[] _x = [];
    private int _n;

    /// <summary>A layer of <paramref name="features"/> outputs.</summary>
    public OracleDense(OracleShape input, int features) : base(input, new OracleShape(features, 1, 1))
    {
        _weight = new OracleParameter("weight", [features, input.Size], true);
        _bias = new OracleParameter("bias", [features], true);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<OracleParameter> Parameters => [_weight, _bias];

    /// <summary>Scratch 3.2.1: Z(k,u) = Σ_v W(u,v) X(k,v) + b(u).</summary>
    public override double[] Forward(double[] input, int samples, bool training)
    {
        (_x, _n) = (input, samples);
        var z = new double[samples * Output.Size];
        for (int k = 0; k < samples; k++)
            for (int u = 0; u < Output.Size; u++)
            {
                double sum = 0;
                for (int v = 0; v < Input.Size; v++)
                    sum += _weight.Value[u * Input.Size + v] * input[k * Input.Size + v];
                z[k * Output.Size + u] = sum + _bias.Value[u];
            }
        return z;
    }

    /// <summary>
    /// Scratch 3.2.2 and 3.2.3: ∂L/∂W(u,v) = Σ_k δ(k,u) X(k,v); ∂L/∂b(u) = Σ_k δ(k,u);
    /// ∂L/∂X(k,v) = Σ_u δ(k,u) W(u,v).
    /// </summary>
    public override double[] Backward(double[] outputGradient)
    {
        Array.Clear(_weight.Gradient);
        Array.Clear(_bias.Gradient);
        var gradient = new double[_n * Input.Size];
        for (int k = 0; k < _n; k++)
            for (int u = 0; u < Output.Size; u++)
            {
                double delta = outputGradient[k * Output.Size + u];
                _bias.Gradient[u] += delta;
                for (int v = 0; v < Input.Size; v++)
                {
                    _weight.Gradient[u * Input.Size + v] += delta * _x[k * Input.Size + v];
                    gradient[k * Input.Size + v] += delta * _weight.Value[u * Input.Size + v];
                }
            }
        return gradient;
    }
}
