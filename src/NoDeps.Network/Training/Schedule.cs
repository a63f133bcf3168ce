using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The learning rate and the momentum of every step. One-cycle is torch.optim.lr_scheduler.OneCycleLR with its
/// defaults: from a 25th of the peak rate to the peak over the first 30 % of the steps, then down to a 10,000th of the
/// initial rate, both along half a cosine; the momentum (β1 for Adam) goes from 0.95 to 0.85 and back (L. Smith,
/// "Super-convergence", 2018). A warm-up of W steps, except with one-cycle, is torch.optim.lr_scheduler.LinearLR from
/// 1/(W + 1) to 1 over W steps; cosine and linear run over the steps after it; the step schedule counts epochs from the
/// start.
/// </summary>
public struct Schedule
{
    private const double RisingShare = 0.3;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e4;
    private const double HighMomentum = 0.95;
    private const double LowMomentum = 0.85;
    private const double DefaultRatesOfStep = 3;

    private readonly ScheduleKind _kind;
    private readonly double _highest;
    private readonly double _momentum;
    private readonly bool _cyclesMomentum;
    private readonly double _peak;
    private readonly double _last;
    private readonly double _steps;
    private readonly double _warmup;
    private readonly double _stepLength;
    private readonly double _stepFactor;

    /// <summary>The schedule of a recipe over <paramref name="steps"/> steps.</summary>
    public Schedule(in Recipe recipe, long steps)
    {
        _kind = recipe.Schedule;
        _highest = recipe.LearningRate;
        _momentum = recipe.IsAdam ? recipe.Beta1 : recipe.Momentum;
        _cyclesMomentum = _kind == ScheduleKind.OneCycle && (recipe.IsAdam || recipe.Momentum != 0);
        _steps = steps;
        double epoch = (double)steps / recipe.Epochs;
        _warmup = recipe.Warmup < recipe.Epochs ? recipe.Warmup * epoch : steps;
        _peak = (_warmup > 0 ? _warmup : RisingShare * steps) - 1;
        _last = steps - 1;
        _stepLength = recipe.StepEpochs > 0 ? recipe.StepEpochs * epoch : _steps / DefaultRatesOfStep;
        _stepFactor = recipe.StepFactor;
    }

    /// <summary>The learning rate of a step, counted from 0.</summary>
    public readonly double Rate(long step)
    {
        if (_kind == ScheduleKind.OneCycle)
        {
            double start = _highest / StartDivisor;
            return Along(step, start, _highest, start / EndDivisor);
        }
        double share = step > _warmup ? (step - _warmup) / (_steps - _warmup) : 0;
        double rate = _kind switch
        {
            ScheduleKind.Cosine => HalfCosine(_highest, 0, share),
            ScheduleKind.Linear => _highest * (1 - share),
            ScheduleKind.Step => _highest * Stepped(step),
            _ => _highest,
        };
        return step < _warmup ? rate * ((step + 1) / (_warmup + 1)) : rate;
    }

    /// <summary>The step schedule's factor: one factor for each whole length that has passed.</summary>
    private readonly double Stepped(long step)
    {
        double factor = 1;
        // Lengths that are not whole numbers of steps are compared with half a step of tolerance.
        for (double next = _stepLength; next <= step + 0.5 && factor > 0; next += _stepLength) factor *= _stepFactor;
        return factor;
    }

    /// <summary>
    /// The momentum (β1 for Adam) of a step, counted from 0; the recipe's own if the schedule does not change it or
    /// it is 0.
    /// </summary>
    public readonly double Momentum(long step) =>
        _cyclesMomentum ? Along(step, HighMomentum, LowMomentum, HighMomentum) : _momentum;

    private readonly double Along(long step, double start, double middle, double end)
    {
        if (step <= _peak) return HalfCosine(start, middle, _peak > 0 ? step / _peak : 1);
        return HalfCosine(middle, end, Math.Abs(_last - _peak) > 0 ? (step - _peak) / (_last - _peak) : 1);
    }

    private static double HalfCosine(double from, double to, double share) =>
        to + (from - to) / 2 * (1 + Cosine.Of(Math.PI * share));
}
