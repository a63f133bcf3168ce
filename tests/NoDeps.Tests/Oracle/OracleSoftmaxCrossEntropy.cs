namespace NoDeps.Tests.Oracle;

/// <summary>
/// Softmax and cross-entropy: scratch 3.1, pedestrians 3, Lochman 7. The row's largest logit is subtracted before
/// the exponential, which changes nothing but the range. With label smoothing ε the target Y is ε/C for every class and
/// 1 − ε more for the label, and a weighted class has its part of the target multiplied by its weight, as in
/// torch.nn.CrossEntropyLoss.
/// </summary>
public sealed class OracleSoftmaxCrossEntropy : OracleLoss
{
    /// <summary>ε, 0 to 1.</summary>
    public double Smoothing { get; init; }

    private double Target(int x, int label, int classes) =>
        Weight(x) * (Smoothing / classes + (x == label ? 1 - Smoothing : 0));

    /// <summary>Ŷ(k,x) = e^X(k,x) / Σ_y e^X(k,y), a row a sample.</summary>
    public static double[] Probabilities(double[] output, int classes)
    {
        var result = new double[output.Length];
        for (int row = 0; row < output.Length; row += classes)
        {
            double largest = output.Skip(row).Take(classes).Max();
            double sum = output.Skip(row).Take(classes).Sum(x => Math.Exp(x - largest));
            for (int x = 0; x < classes; x++)
                result[row + x] = Math.Exp(output[row + x] - largest) / sum;
        }
        return result;
    }

    /// <summary>−(1/n) Σ_k Σ_x Y log Ŷ, log Ŷ being X − m − log Σ e^(X−m), so that nothing underflows.</summary>
    public override double Value(double[] output, int[] labels, int classes)
    {
        double total = 0;
        for (int k = 0; k < labels.Length; k++)
        {
            var logits = output.AsSpan(k * classes, classes).ToArray();
            double largest = logits.Max();
            double log = Math.Log(logits.Sum(x => Math.Exp(x - largest)));
            total += logits.Select((x, at) => Target(at, labels[k], classes) is not 0 and var y ? y * (log - (x - largest)) : 0)
                .Sum();
        }
        return total / TotalWeight(labels);
    }

    /// <summary>Scratch 3.1.2: (Ŷ − Y)/n, where Σ Y = 1; else (Ŷ·Σ Y − Y)/Σ w.</summary>
    public override double[] Gradient(double[] output, int[] labels, int classes)
    {
        var gradient = Probabilities(output, classes);
        for (int k = 0; k < labels.Length; k++)
        {
            double sum = Enumerable.Range(0, classes).Sum(x => Target(x, labels[k], classes));
            for (int x = 0; x < classes; x++)
                gradient[k * classes + x] = gradient[k * classes + x] * sum - Target(x, labels[k], classes);
        }
        double total = TotalWeight(labels);
        return Array.ConvertAll(gradient, g => g / total);
    }
}
