namespace NoDeps.Tests.Oracle;

/// <summary>½‖y − a‖² to the one-hot label, the mean over the batch: Richard (15) and (16).</summary>
public sealed class OracleSquaredError : OracleLoss
{
    /// <inheritdoc/>
    public override double Value(double[] output, int[] labels, int classes) =>
        Differences(output, labels, classes).Sum(d => d * d) / 2 / labels.Length;

    /// <summary>(a − y)/n.</summary>
    public override double[] Gradient(double[] output, int[] labels, int classes) =>
        Array.ConvertAll(Differences(output, labels, classes), d => d / labels.Length);

    private static double[] Differences(double[] output, int[] labels, int classes) =>
        output.Select((a, at) => a - (at % classes == labels[at / classes] ? 1 : 0)).ToArray();
}
