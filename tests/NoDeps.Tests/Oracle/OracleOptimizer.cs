namespace NoDeps.Tests.Oracle;

/// <summary>
/// The update rules by PyTorch's definitions, one array of numbers at a time: g ← ∂L/∂θ + wd·θ first, or θ ← (1 − λ·wd)·θ
/// by AdamW; the momentum buffer starts as the first gradient.
/// </summary>
public sealed class OracleOptimizer
{
    private const double Beta2 = 0.999, Epsilon = 1e-8;
    private readonly Dictionary<double[], (double[] First, double[] Second, int Steps)> _state = [];

    /// <summary>The rule.</summary>
    public enum Rule
    {
        /// <summary>θ ← θ − λg.</summary>
        Sgd,
        /// <summary>b ← µb + g; θ ← θ − λb.</summary>
        Momentum,
        /// <summary>b ← µb + g; θ ← θ − λ(g + µb).</summary>
        Nesterov,
        /// <summary>Adam with bias correction; µ is β₁.</summary>
        Adam,
        /// <summary>Adam with decoupled weight decay.</summary>
        AdamW,
    }

    /// <summary>The rule that <see cref="Step"/> applies.</summary>
    public Rule Kind { get; init; }
    /// <summary>λ.</summary>
    public double LearningRate { get; set; }
    /// <summary>µ, or β₁ of Adam.</summary>
    public double Momentum { get; set; } = 0.9;
    /// <summary>wd.</summary>
    public double WeightDecay { get; init; }

    /// <summary>One step for one array; its state is found by the array itself.</summary>
    public void Step(double[] numbers, double[] gradient)
    {
        if (!_state.TryGetValue(numbers, out var state))
            state = (new double[numbers.Length], new double[numbers.Length], 0);
        var (first, second, steps) = state;
        steps++;
        _state[numbers] = (first, second, steps);
        for (int i = 0; i < numbers.Length; i++)
        {
            double g = gradient[i] + (Kind == Rule.AdamW ? 0 : WeightDecay * numbers[i]);
            if (Kind == Rule.AdamW) numbers[i] *= 1 - LearningRate * WeightDecay;
            numbers[i] -= Kind switch
            {
                Rule.Sgd => LearningRate * g,
                Rule.Adam or Rule.AdamW => Adam(ref first[i], ref second[i], g, steps),
                _ => WithMomentum(ref first[i], g, steps),
            };
        }
    }

    /// <summary>A step for every trainable parameter of a network.</summary>
    public void Step(OracleNetwork network)
    {
        foreach (var (_, _, parameter) in network.Parameters.Where(p => p.Parameter.Trainable))
            Step(parameter.Value, parameter.Gradient);
    }

    private double WithMomentum(ref double buffer, double g, int steps)
    {
        buffer = steps == 1 ? g : Momentum * buffer + g;
        return LearningRate * (Kind == Rule.Nesterov ? g + Momentum * buffer : buffer);
    }

    private double Adam(ref double mean, ref double square, double g, int steps)
    {
        mean = Momentum * mean + (1 - Momentum) * g;
        square = Beta2 * square + (1 - Beta2) * g * g;
        double root = Math.Sqrt(square / (1 - Math.Pow(Beta2, steps))) + Epsilon;
        return LearningRate * mean / (1 - Math.Pow(Momentum, steps)) / root;
    }
}
