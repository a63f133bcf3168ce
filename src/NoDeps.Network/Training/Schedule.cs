using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The learning rate and the momentum of every step. One-cycle is torch.optim.lr_scheduler.OneCycleLR with its defaults:
/// from a 25th of the highest rate up to it over the first 30 % of the steps, then down to a 10,000th of where it began,
/// both along half a cosine; the momentum, of Adam its β1, goes from 0.95 to 0.85 and back (L. Smith, "Super-convergence",
/// 2018).
/// </summary>
public struct Schedule
{
    private const double RisingShare = 0.3;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e4;
    private const double HighMomentum = 0.95;
    private const double LowMomentum = 0.85;

    private readonly ScheduleKind _kind;
    private readonly double _highest;
    private readonly double _momentum;
    private readonly bool _cyclesMomentum;
    private readonly double _peak;
    private readonly double _last;

    /// <summary>The schedule of a recipe over <paramref name="steps"/> steps.</summary>
    public Schedule(in Recipe recipe, long steps)
    {
        _kind = recipe.Schedule;
        _highest = recipe.LearningRate;
        bool isAdam = recipe.Optimizer == OptimizerKind.Adam;
        _momentum = isAdam ? recipe.Beta1 : recipe.Momentum;
        _cyclesMomentum = isAdam || recipe.Momentum != 0;
        _peak = RisingShare * steps - 1;
        _last = steps - 1;
    }

    /// <summary>The learning rate of a step, from 0.</summary>
    public readonly double Rate(long step)
    {
        if (_kind == ScheduleKind.Constant) return _highest;
        double start = _highest / StartDivisor;
        return Along(step, start, _highest, start / EndDivisor);
    }

    /// <summary>
    /// The momentum of a step, from 0, or Adam's β1; the recipe's own where the schedule moves none or there is none.
    /// </summary>
    public readonly double Momentum(long step) =>
        _kind == ScheduleKind.Constant || !_cyclesMomentum
            ? _momentum
            : Along(step, HighMomentum, LowMomentum, HighMomentum);

    private readonly double Along(long step, double start, double middle, double end)
    {
        if (step <= _peak) return HalfCosine(start, middle, step / _peak);
        return HalfCosine(middle, end, Math.Abs(_last - _peak) > 0 ? (step - _peak) / (_last - _peak) : 1);
    }

    private static double HalfCosine(double from, double to, double share) =>
        to + (from - to) / 2 * (1 + Cosine.Of(Math.PI * share));
}
