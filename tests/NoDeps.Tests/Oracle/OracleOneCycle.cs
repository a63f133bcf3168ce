namespace NoDeps.Tests.Oracle;

/// <summary>
/// The one-cycle schedule of torch.optim.lr_scheduler.OneCycleLR with its defaults: cosine annealing from peak/25
/// up to the peak over the first 30 % of the steps, then down to peak/25/10⁴; momentum 0.95 → 0.85 → 0.95.
/// </summary>
public static class OracleOneCycle
{
    private const double Rise = 0.3, Start = 25, End = 1e4, Base = 0.85, Top = 0.95;

    /// <summary>The learning rate at a step, from 0, of <paramref name="total"/>.</summary>
    public static double LearningRate(int step, int total, double peak) =>
        Phase(step, total, peak / Start, peak, peak / Start / End);

    /// <summary>The momentum at a step.</summary>
    public static double Momentum(int step, int total) => Phase(step, total, Top, Base, Top);

    private static double Phase(int step, int total, double first, double middle, double last)
    {
        double summit = Rise * total - 1;
        return step <= summit
            ? Cosine(first, middle, step / summit)
            : Cosine(middle, last, (step - summit) / (total - 1 - summit));
    }

    private static double Cosine(double from, double to, double part) =>
        to + (from - to) / 2 * (1 + Math.Cos(Math.PI * part));
}
