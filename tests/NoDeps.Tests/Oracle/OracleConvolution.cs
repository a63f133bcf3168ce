namespace NoDeps.Tests.Oracle;

/// <summary>
/// Convolution (a cross-correlation, as everywhere in these papers): scratch 3.3, Richard (24)–(28), Lochman 1,
/// Vardhan 2. Weights are (out, in, rows, columns). The paper folds the activation in; here f is the identity, so
/// that f′ = 1 and δ is ∂L/∂Z.
/// </summary>
public sealed class OracleConvolution : OracleLayer
{
    private readonly OracleWindow _rows, _columns;
    private readonly OracleParameter _weight, _bias;
    private double[] _a = [];
    private int _n;

    /// <summary>A layer of <paramref name="channels"/> kernels, one window an axis.</summary>
    public OracleConvolution(OracleShape input, int channels, OracleWindow rows, OracleWindow columns)
        : base(input, new OracleShape(channels, rows.Outputs(input.Rows), columns.Outputs(input.Columns)))
    {
        _rows = rows;
        _columns = columns;
        _weight = new OracleParameter("weight", [channels, input.Channels, rows.Kernel, columns.Kernel], true);
        _bias = new OracleParameter("bias", [channels], true);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<OracleParameter> Parameters => [_weight, _bias];

    /// <summary>Where W(u, v, ci, co) lies; u and v from 1, the channels from 0.</summary>
    private int Weight(int u, int v, int ci, int co) =>
        ((co * Input.Channels + ci) * _rows.Kernel + u - 1) * _columns.Kernel + v - 1;

    /// <summary>B(k, p, q, ci) of scratch 3.3.1: A with a border of zeros; p and q from 1 without the border.</summary>
    private double RoundUp(int k, int ci, int p, int q) =>
        p < 1 || p > Input.Rows || q < 1 || q > Input.Columns ? 0 : _a[Input.At(k, ci, p - 1, q - 1)];

    /// <summary>
    /// Scratch 3.3.1: Z(k,i,j,co) = Σ_ci Σ_u Σ_v W(u,v,ci,co) B(k,(i−1)S+u,(j−1)S+v,ci) + b(co). The sum over
    /// input channels runs to c(l−1); the paper prints c(l).
    /// </summary>
    public override double[] Forward(double[] input, int samples, bool training)
    {
        (_a, _n) = (input, samples);
        var z = new double[samples * Output.Size];
        for (int k = 0; k < samples; k++)
            for (int co = 0; co < Output.Channels; co++)
                for (int i = 1; i <= Output.Rows; i++)
                    for (int j = 1; j <= Output.Columns; j++)
                    {
                        double sum = 0;
                        for (int ci = 0; ci < Input.Channels; ci++)
                            for (int u = 1; u <= _rows.Kernel; u++)
                                for (int v = 1; v <= _columns.Kernel; v++)
                                    sum += _weight.Value[Weight(u, v, ci, co)]
                                        * RoundUp(k, ci, _rows.Input(i, u), _columns.Input(j, v));
                        z[Output.At(k, co, i - 1, j - 1)] = sum + _bias.Value[co];
                    }
        return z;
    }

    /// <inheritdoc/>
    public override double[] Backward(double[] outputGradient)
    {
        WeightGradient(outputGradient);
        BiasGradient(outputGradient);
        return InputGradient(outputGradient);
    }

    /// <summary>Scratch 3.3.2: ∂L/∂W(u,v,ci,co) = Σ_k Σ_i Σ_j δ(k,i,j,co) B(k,(i−1)S+u,(j−1)S+v,ci).</summary>
    private void WeightGradient(double[] delta)
    {
        for (int co = 0; co < Output.Channels; co++)
            for (int ci = 0; ci < Input.Channels; ci++)
                for (int u = 1; u <= _rows.Kernel; u++)
                    for (int v = 1; v <= _columns.Kernel; v++)
                    {
                        double sum = 0;
                        for (int k = 0; k < _n; k++)
                            for (int i = 1; i <= Output.Rows; i++)
                                for (int j = 1; j <= Output.Columns; j++)
                                    sum += delta[Output.At(k, co, i - 1, j - 1)]
                                        * RoundUp(k, ci, _rows.Input(i, u), _columns.Input(j, v));
                        _weight.Gradient[Weight(u, v, ci, co)] = sum;
                    }
    }

    /// <summary>Scratch 3.3.2: ∂L/∂b(co) = Σ_k Σ_i Σ_j δ(k,i,j,co).</summary>
    private void BiasGradient(double[] delta)
    {
        for (int co = 0; co < Output.Channels; co++)
        {
            double sum = 0;
            for (int k = 0; k < _n; k++)
                for (int i = 0; i < Output.Rows; i++)
                    for (int j = 0; j < Output.Columns; j++)
                        sum += delta[Output.At(k, co, i, j)];
            _bias.Gradient[co] = sum;
        }
    }

    /// <summary>
    /// Scratch 3.3.3: ∂L/∂A(k,a,b,ci) = Σ_co Σ_i Σ_j δ(k,i,j,co) W(a+P−(i−1)S, b+P−(j−1)S, ci, co) over the i and j
    /// that read position (a, b); see <see cref="OracleWindow.FirstOutput"/> for the erratum in their bounds.
    /// </summary>
    private double[] InputGradient(double[] delta)
    {
        var gradient = new double[_n * Input.Size];
        for (int k = 0; k < _n; k++)
            for (int ci = 0; ci < Input.Channels; ci++)
                for (int a = 1; a <= Input.Rows; a++)
                    for (int b = 1; b <= Input.Columns; b++)
                    {
                        double sum = 0;
                        int lastRow = _rows.LastOutput(a, Output.Rows);
                        int lastColumn = _columns.LastOutput(b, Output.Columns);
                        for (int co = 0; co < Output.Channels; co++)
                            for (int i = _rows.FirstOutput(a); i <= lastRow; i++)
                                for (int j = _columns.FirstOutput(b); j <= lastColumn; j++)
                                    sum += delta[Output.At(k, co, i - 1, j - 1)]
                                        * _weight.Value[Weight(_rows.Tap(a, i), _columns.Tap(b, j), ci, co)];
                        gradient[Input.At(k, ci, a - 1, b - 1)] = sum;
                    }
        return gradient;
    }
}
