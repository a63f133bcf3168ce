using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>
/// The time of a piece of work: the median of several rounds, each with enough repetitions for the clock's resolution.
/// </summary>
internal static unsafe class Measurement
{
    private const int Rounds = 7;

    /// <summary>Seconds per repetition.</summary>
    /// <param name="work">The work; it is called through a virtual method, so that no compiler removes it.</param>
    /// <param name="seconds">For all rounds together; a round has at least one repetition.</param>
    public static double Median(Work work, double seconds)
    {
        // The first repetition warms caches and branch predictors, and determines how many fill a round.
        double first = Round(work, 1), second = Round(work, 1);
        long nanoseconds = Math.Max((long)((second < first ? second : first) * 1e9), 1);
        long count = Math.Max((long)(seconds * 1e9) / Rounds / nanoseconds, 1);
        double* times = stackalloc double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            double time = Round(work, count) / count;
            int place = i;
            for (; place > 0 && times[place - 1] > time; place--) times[place] = times[place - 1];
            times[place] = time;
        }
        return times[Rounds / 2];
    }

    private static double Round(Work work, long count)
    {
        long start = Clock.Nanoseconds();
        for (long i = 0; i < count; i++) work.Once();
        return (Clock.Nanoseconds() - start) / 1e9;
    }
}
