namespace NoDeps.Formats;

/// <summary>A histogram of differences in gray levels, −256 to 256 in steps of 1/8, for quantiles without sorting.</summary>
internal unsafe struct LevelHistogram
{
    private const int PerLevel = 8;
    private const int Range = 256;
    private const int Bins = 2 * Range * PerLevel;

    private fixed int _counts[Bins];
    private int _total;

    /// <summary>Adds a difference.</summary>
    public void Add(float difference)
    {
        int bin = (int)((difference + Range) * PerLevel);
        _counts[bin < 0 ? 0 : bin >= Bins ? Bins - 1 : bin]++;
        _total++;
    }

    /// <summary>The quantile of the differences, for <paramref name="share"/> from 0 to 1; 0 if there are none.</summary>
    public readonly float Quantile(double share)
    {
        if (_total == 0) return 0;
        long wanted = (long)(share * _total), seen = 0;
        int bin = 0;
        while (bin < Bins - 1 && (seen += _counts[bin]) <= wanted) bin++;
        return (bin + 0.5f) / PerLevel - Range;
    }
}
