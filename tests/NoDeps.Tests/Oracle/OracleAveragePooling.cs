namespace NoDeps.Tests.Oracle;

/// <summary>
/// Average pooling: scratch 3.4, Vardhan 3.1.3 (a convolution with a kernel of equal entries 1/(h·w)). The padding
/// counts in the mean.
/// </summary>
public sealed class OracleAveragePooling(OracleShape input, OracleWindow rows, OracleWindow columns)
    : OracleLayer(input, new OracleShape(input.Channels, rows.Outputs(input.Rows), columns.Outputs(input.Columns)))
{
    private int _n;

    private double Share => 1.0 / (rows.Kernel * columns.Kernel);

    /// <summary>Vardhan 3.1.3: A = I ∗ P, with every entry of P equal to 1/(h·w).</summary>
    public override double[] Forward(double[] input, int samples, bool training)
    {
        _n = samples;
        var result = new double[samples * Output.Size];
        for (int k = 0; k < samples; k++)
            for (int c = 0; c < Output.Channels; c++)
                for (int i = 1; i <= Output.Rows; i++)
                    for (int j = 1; j <= Output.Columns; j++)
                    {
                        double sum = 0;
                        for (int u = 1; u <= rows.Kernel; u++)
                            for (int v = 1; v <= columns.Kernel; v++)
                            {
                                int p = rows.Input(i, u), q = columns.Input(j, v);
                                if (p >= 1 && p <= Input.Rows && q >= 1 && q <= Input.Columns)
                                    sum += input[Input.At(k, c, p - 1, q - 1)];
                            }
                        result[Output.At(k, c, i - 1, j - 1)] = sum * Share;
                    }
        return result;
    }

    /// <summary>Scratch 3.4.2: ∂L/∂A(k,a,b,c) = Σ_i Σ_j δ(k,i,j,c)/F², with the bounds of 3.3.3 put right.</summary>
    public override double[] Backward(double[] outputGradient)
    {
        var gradient = new double[_n * Input.Size];
        for (int k = 0; k < _n; k++)
            for (int c = 0; c < Input.Channels; c++)
                for (int a = 1; a <= Input.Rows; a++)
                    for (int b = 1; b <= Input.Columns; b++)
                    {
                        double sum = 0;
                        int lastRow = rows.LastOutput(a, Output.Rows);
                        int lastColumn = columns.LastOutput(b, Output.Columns);
                        for (int i = rows.FirstOutput(a); i <= lastRow; i++)
                            for (int j = columns.FirstOutput(b); j <= lastColumn; j++)
                                sum += outputGradient[Output.At(k, c, i - 1, j - 1)];
                        gradient[Input.At(k, c, a - 1, b - 1)] = sum * Share;
                    }
        return gradient;
    }
}
