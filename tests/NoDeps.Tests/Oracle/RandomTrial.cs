namespace NoDeps.Tests.Oracle;

/// <summary>
/// A random network with random parameters and a random batch, all of them exact float32 numbers, chosen so that no
/// decision (the sign before a ReLU, the winner of a maximum) hangs on the last bits: float32 and float64 must decide
/// alike, or their gradients could not be compared.
/// </summary>
public sealed class RandomTrial
{
    private const double Margin = 1e-5;

    /// <summary>The description.</summary>
    public string Text { get; private init; } = "";
    /// <summary>The network, with its parameters set; <see cref="OracleNetwork.Forward"/> has not run on it.</summary>
    public OracleNetwork Network { get; private init; } = null!;
    /// <summary>The batch, NCHW.</summary>
    public double[] Input { get; private init; } = [];
    /// <summary>A label a sample.</summary>
    public int[] Labels { get; private init; } = [];
    /// <summary>Samples in the batch.</summary>
    public int Samples => Labels.Length;

    /// <summary>A trial around one kind of layer.</summary>
    public static RandomTrial Of(Random random, string kind, int largestBatch) =>
        Of(random, () => RandomDescription.Of(random, kind), largestBatch);

    /// <summary>A trial of descriptions that <paramref name="draw"/> makes.</summary>
    public static RandomTrial Of(Random random, Func<string> draw, int largestBatch)
    {
        while (true)
        {
            string text = draw();
            var trial = Fill(random, text, random.Next(1, largestBatch + 1));
            if (trial.WellConditioned() && trial.Decides())
                return trial;
        }
    }

    /// <summary>
    /// A trial of one description whose parameters and inputs are small multiples of 1/4: sums are exact in float32
    /// as in float64, and zeros and ties abound.
    /// </summary>
    public static RandomTrial OfFewBits(Random random, string text, int largestBatch)
    {
        var trial = Fill(random, text, random.Next(1, largestBatch + 1));
        foreach (var numbers in trial.Network.Parameters.Select(p => p.Parameter.Value).Append(trial.Input))
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = random.Next(-4, 5) / 4.0;
        return trial;
    }

    private static RandomTrial Fill(Random random, string text, int samples)
    {
        var network = OracleNetwork.Of(text);
        foreach (var (_, layer, parameter) in network.Parameters)
            FillParameter(random, parameter, network.Layers[layer].Input.Size);
        return new RandomTrial
        {
            Text = text,
            Network = network,
            Input = Numbers(random, samples * network.Description.Input.Size, 0, 1),
            Labels = Enumerable.Range(0, samples).Select(_ => random.Next(network.Classes)).ToArray(),
        };
    }

    private static void FillParameter(Random random, OracleParameter parameter, int inputs)
    {
        int terms = parameter.Dimensions.Length > 1 ? parameter.Dimensions.Skip(1).Aggregate((a, b) => a * b) : inputs;
        var numbers = parameter.Name switch
        {
            "running_var" => Numbers(random, parameter.Value.Length, 1, 0.5),
            "num_batches_tracked" => [random.Next(5)],
            "weight" when parameter.Dimensions.Length == 1 => Numbers(random, parameter.Value.Length, 1, 0.5),
            "weight" => Numbers(random, parameter.Value.Length, 0, Math.Sqrt(3.0 / terms)),
            _ => Numbers(random, parameter.Value.Length, 0, 0.3),
        };
        numbers.CopyTo(parameter.Value, 0);
    }

    private static double[] Numbers(Random random, int count, double center, double spread) =>
        Enumerable.Range(0, count).Select(_ => (double)(float)(center + spread * (2 * random.NextDouble() - 1)))
            .ToArray();

    /// <summary>
    /// A variance needs more than a few numbers: of two, normalized, nothing is left but their order. And of two
    /// normalizations without a non-linearity between them the first one's weight makes no difference, so that its
    /// gradient is nothing but rounding.
    /// </summary>
    private bool WellConditioned()
    {
        bool scaled = false;
        foreach (var layer in Network.Layers)
        {
            bool normalizes = layer is OracleBatchNormalization;
            if (normalizes && (scaled || Samples * layer.Input.Rows * layer.Input.Columns < 12))
                return false;
            bool mixes = layer is OracleConvolution or OracleDense && layer.Input.Channels > 1;
            scaled = normalizes || scaled && layer is not OracleActivation && !mixes;
        }
        return true;
    }

    private bool Decides()
    {
        var saved = Network.Parameters.Select(p => (p.Parameter, (double[])p.Parameter.Value.Clone())).ToList();
        Network.Forward(Input, Samples, training: true);
        foreach (var (parameter, value) in saved)
            value.CopyTo(parameter.Value, 0);
        for (int i = 0; i < Network.Layers.Count; i++)
        {
            var input = i == 0 ? Input : Network.Outputs[i - 1];
            double close = Margin * Agreement.Magnitude(input);
            bool clear = Network.Layers[i] switch
            {
                OracleRelu or OracleLeakyRelu => input.All(x => x == 0 || Math.Abs(x) > close),
                OracleMaxPooling pooling => pooling.Leads(input, Samples).All(lead => lead == 0 || lead > close),
                OracleBatchNormalization norm => norm.Variances(input, Samples).All(v => v is 0 or > 1e-3),
                _ => true,
            };
            if (!clear)
                return false;
        }
        return true;
    }
}
