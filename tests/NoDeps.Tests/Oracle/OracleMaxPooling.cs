namespace NoDeps.Tests.Oracle;

/// <summary>
/// Maximum pooling: scratch 3.4, Richard (29)–(33), pedestrians 6, Lochman 2. The padding never wins. The papers
/// differ on a tie (scratch 3.4.2 and Richard (33) give the gradient to every position that equals the maximum,
/// pedestrians and Lochman to one); here, as in PyTorch, the first in row order has it.
/// </summary>
public sealed class OracleMaxPooling(OracleShape input, OracleWindow rows, OracleWindow columns)
    : OracleLayer(input, new OracleShape(input.Channels, rows.Outputs(input.Rows), columns.Outputs(input.Columns)))
{
    private int[] _winner = [];
    private int _n;

    /// <summary>Scratch 3.4.1: A(k,i,j,c) = max of B(k,(i−1)S+u,(j−1)S+v,c) over 1 ≤ u ≤ F, 1 ≤ v ≤ F.</summary>
    public override double[] Forward(double[] input, int samples, bool training)
    {
        _n = samples;
        _winner = new int[samples * Output.Size];
        var result = new double[samples * Output.Size];
        for (int k = 0; k < samples; k++)
            for (int c = 0; c < Output.Channels; c++)
                for (int i = 1; i <= Output.Rows; i++)
                    for (int j = 1; j <= Output.Columns; j++)
                    {
                        int at = Output.At(k, c, i - 1, j - 1);
                        _winner[at] = Winner(input, k, c, i, j);
                        result[at] = input[_winner[at]];
                    }
        return result;
    }

    private int Winner(double[] input, int k, int c, int i, int j)
    {
        int winner = -1;
        foreach (int at in Positions(k, c, i, j))
            if (winner < 0 || input[at] > input[winner])
                winner = at;
        return winner;
    }

    /// <summary>The positions inside the input that window (i, j) covers, in row order.</summary>
    private IEnumerable<int> Positions(int k, int c, int i, int j)
    {
        for (int u = 1; u <= rows.Kernel; u++)
            for (int v = 1; v <= columns.Kernel; v++)
            {
                int p = rows.Input(i, u), q = columns.Input(j, v);
                if (p >= 1 && p <= Input.Rows && q >= 1 && q <= Input.Columns)
                    yield return Input.At(k, c, p - 1, q - 1);
            }
    }

    /// <summary>By how much each window's winner is ahead of the next best: what a rounding would have to bridge.
    /// </summary>
    public IEnumerable<double> Leads(double[] input, int samples)
    {
        for (int k = 0; k < samples; k++)
            for (int c = 0; c < Output.Channels; c++)
                for (int i = 1; i <= Output.Rows; i++)
                    for (int j = 1; j <= Output.Columns; j++)
                    {
                        int winner = Winner(input, k, c, i, j);
                        foreach (int at in Positions(k, c, i, j))
                            if (at != winner)
                                yield return input[winner] - input[at];
                    }
    }

    /// <summary>Scratch 3.4.2: δ goes to the position where the maximum is reached; overlapping windows add.</summary>
    public override double[] Backward(double[] outputGradient)
    {
        var gradient = new double[_n * Input.Size];
        for (int at = 0; at < _winner.Length; at++)
            gradient[_winner[at]] += outputGradient[at];
        return gradient;
    }
}
