namespace NoDeps.Tests.Oracle;

/// <summary>
/// Batch normalization: pedestrians 9, with PyTorch's ε = 1e-5 under the root, momentum 0.1, the biased variance to
/// normalize and the unbiased one in the running estimate. A feature is a channel; its n values are those of all
/// samples, rows and columns (the paper's effective minibatch size).
/// </summary>
public sealed class OracleBatchNormalization : OracleLayer
{
    private const double Epsilon = 1e-5, Momentum = 0.1;
    private readonly OracleParameter _weight, _bias, _runningMean, _runningVariance, _batches;
    private double[] _normalized = [], _deviation = [];
    private bool _training;
    private int _n;

    /// <summary>Weight 1, bias 0, running mean 0, running variance 1, no batches seen.</summary>
    public OracleBatchNormalization(OracleShape shape) : base(shape, shape)
    {
        _weight = new OracleParameter("weight", [shape.Channels], true);
        _bias = new OracleParameter("bias", [shape.Channels], true);
        _runningMean = new OracleParameter("running_mean", [shape.Channels], false);
        _runningVariance = new OracleParameter("running_var", [shape.Channels], false);
        _batches = new OracleParameter("num_batches_tracked", [], false);
        Array.Fill(_weight.Value, 1);
        Array.Fill(_runningVariance.Value, 1);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<OracleParameter> Parameters =>
        [_weight, _bias, _runningMean, _runningVariance, _batches];

    /// <summary>The positions of feature f: its values across samples, rows and columns.</summary>
    private IEnumerable<int> Feature(int f)
    {
        for (int k = 0; k < _n; k++)
            for (int i = 0; i < Input.Rows; i++)
                for (int j = 0; j < Input.Columns; j++)
                    yield return Input.At(k, f, i, j);
    }

    /// <summary>The variance of every feature of a batch, biased.</summary>
    public IEnumerable<double> Variances(double[] input, int samples)
    {
        _n = samples;
        for (int f = 0; f < Input.Channels; f++)
        {
            double mean = Feature(f).Average(at => input[at]);
            yield return Feature(f).Average(at => (input[at] - mean) * (input[at] - mean));
        }
    }

    /// <summary>Pedestrians (35)–(37) and the affine transformation: ā = (a − µ)/σ, output w·ā + b.</summary>
    public override double[] Forward(double[] input, int samples, bool training)
    {
        (_n, _training) = (samples, training);
        _normalized = new double[input.Length];
        _deviation = new double[Input.Channels];
        var result = new double[input.Length];
        for (int f = 0; f < Input.Channels; f++)
        {
            double mean = _runningMean.Value[f], variance = _runningVariance.Value[f];
            if (training)
            {
                double n = samples * Input.Rows * Input.Columns;
                mean = Feature(f).Sum(at => input[at]) / n;
                variance = Feature(f).Sum(at => (input[at] - mean) * (input[at] - mean)) / n;
                _runningMean.Value[f] += Momentum * (mean - _runningMean.Value[f]);
                _runningVariance.Value[f] += Momentum * (variance * n / (n - 1) - _runningVariance.Value[f]);
            }
            _deviation[f] = Math.Sqrt(variance + Epsilon);
            foreach (int at in Feature(f))
            {
                _normalized[at] = (input[at] - mean) / _deviation[f];
                result[at] = _weight.Value[f] * _normalized[at] + _bias.Value[f];
            }
        }
        if (training)
            _batches.Value[0]++;
        return result;
    }

    /// <summary>
    /// Pedestrians 9, backward pass, a feature at a time: ∂L/∂b = ΣΔ, ∂L/∂w = ΣΔā, and through mean and variance
    /// ∂L/∂a = (w/σ)(Δ − ΣΔ/n − ā ΣΔā/n). In evaluation mode µ and σ are constants, so that only wΔ/σ remains.
    /// </summary>
    public override double[] Backward(double[] outputGradient)
    {
        var gradient = new double[outputGradient.Length];
        double n = _n * Input.Rows * Input.Columns;
        for (int f = 0; f < Input.Channels; f++)
        {
            double sum = Feature(f).Sum(at => outputGradient[at]);
            double product = Feature(f).Sum(at => outputGradient[at] * _normalized[at]);
            _bias.Gradient[f] = sum;
            _weight.Gradient[f] = product;
            foreach (int at in Feature(f))
            {
                double through = _training ? sum / n + _normalized[at] * product / n : 0;
                gradient[at] = _weight.Value[f] / _deviation[f] * (outputGradient[at] - through);
            }
        }
        return gradient;
    }
}
