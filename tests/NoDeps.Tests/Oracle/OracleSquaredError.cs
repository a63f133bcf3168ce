namespace NoDeps.Tests.Oracle;

/// <summary>½‖y − a‖² to the one-hot label, the mean over the batch: Richard (15) and (16).</summary>
public sealed class OracleSquaredError : OracleLoss
{
    /// <inheritdoc/>
    public override double Value(double[] output, int[] labels, int classes) =>
        Differences(output, labels, classes).Select((d, at) => Weight(labels[at / classes]) * d * d).Sum() / 2 / TotalWeight(labels);

    /// <summary>w·(a − y)/Σ w.</summary>
    public override double[] Gradient(double[] output, int[] labels, int classes) =>
        Differences(output, labels, classes).Select((d, at) => Weight(labels[at / classes]) * d / TotalWeight(labels)).ToArray();

    private static double[] Differences(double[] output, int[] labels, int classes) =>
        output.Select((a, at) => a - (at % classes == labels[at / classes] ? 1 : 0)).ToArray();
}
