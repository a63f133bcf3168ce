using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The options of train: what was said, and what the network's recipe says where nothing was.</summary>
internal unsafe ref struct TrainOptions
{
    private const double Unset = -1;

    public ReadOnlySpan<byte> Net = "pedestrian"u8;
    public ReadOnlySpan<byte> Data;
    public ReadOnlySpan<byte> Out;
    public long Threads;
    public long Seed = 1;
    public InstructionSet Isa = ProcessorLevel.Best;
    public bool Help;
    private long _epochs;
    private long _batch;
    private double _rate = Unset;
    private double _momentum = Unset;
    private double _weightDecay = Unset;
    private ReadOnlySpan<byte> _optimizer;
    private ReadOnlySpan<byte> _schedule;

    public TrainOptions()
    {
    }

    /// <summary>Reads all that is left of the command line.</summary>
    public Fault Read(ref Arguments arguments)
    {
        while (arguments.TryNext(out ReadOnlySpan<byte> name))
        {
            if (!arguments.IsOption) return arguments.UnexpectedWord();
            Fault fault;
            if (Words.Same(name, "--net"u8)) fault = arguments.TakeText(out Net);
            else if (Words.Same(name, "--data"u8)) fault = arguments.TakeText(out Data);
            else if (Words.Same(name, "--out"u8)) fault = arguments.TakeText(out Out);
            else if (Words.Same(name, "--epochs"u8)) fault = arguments.TakeInteger(1, 100_000, out _epochs);
            else if (Words.Same(name, "--batch"u8)) fault = arguments.TakeInteger(1, 65_536, out _batch);
            else if (Words.Same(name, "--lr"u8)) fault = arguments.TakeNumber(0, 1000, out _rate);
            else if (Words.Same(name, "--momentum"u8)) fault = arguments.TakeNumber(0, 1, out _momentum);
            else if (Words.Same(name, "--weight-decay"u8)) fault = arguments.TakeNumber(0, 1000, out _weightDecay);
            else if (Words.Same(name, "--optimizer"u8)) fault = TakeOptimizer(ref arguments);
            else if (Words.Same(name, "--schedule"u8)) fault = TakeSchedule(ref arguments);
            else if (Words.Same(name, "--seed"u8)) fault = arguments.TakeInteger(0, long.MaxValue, out Seed);
            else if (Words.Same(name, "--threads"u8)) fault = arguments.TakeInteger(1, 1024, out Threads);
            else if (Words.Same(name, "--isa"u8)) fault = IsaOption.Take(ref arguments, out Isa);
            else if (Words.Same(name, "--help"u8) || Words.Same(name, "-h"u8))
            {
                Help = true;
                return Fault.None;
            }
            else return arguments.UnknownOption();
            if (!fault.IsNone) return fault;
        }
        if (Threads == 0) Threads = Processors.Count();
        return Fault.None;
    }

    /// <summary>The recipe with what was said in the place of its own.</summary>
    public readonly Recipe Apply(Recipe recipe)
    {
        if (_epochs > 0) recipe.Epochs = (int)_epochs;
        if (_batch > 0) recipe.Batch = (int)_batch;
        if (!_optimizer.IsEmpty) SetOptimizer(ref recipe, _optimizer);
        if (!_schedule.IsEmpty) recipe.Schedule = ScheduleOf(_schedule);
        if (_rate >= 0) recipe.LearningRate = _rate;
        if (_momentum >= 0) recipe.Momentum = _momentum;
        if (_weightDecay >= 0) recipe.WeightDecay = _weightDecay;
        return recipe;
    }

    /// <summary>Another rule has another good learning rate: 0.005 for Adam, and momentum where the name says so.</summary>
    private static void SetOptimizer(ref Recipe recipe, ReadOnlySpan<byte> name)
    {
        const double UsualMomentum = 0.9;
        const double UsualRateOfAdam = 0.005;
        if (Words.Same(name, "adam"u8))
        {
            if (recipe.Optimizer != OptimizerKind.Adam) recipe.LearningRate = UsualRateOfAdam;
            recipe.Optimizer = OptimizerKind.Adam;
            return;
        }
        recipe.Optimizer = Words.Same(name, "nesterov"u8) ? OptimizerKind.Nesterov : OptimizerKind.Sgd;
        if (Words.Same(name, "sgd"u8)) recipe.Momentum = 0;
        else if (recipe.Momentum == 0) recipe.Momentum = UsualMomentum;
    }

    private static ScheduleKind ScheduleOf(ReadOnlySpan<byte> name) =>
        Words.Same(name, "one-cycle"u8) ? ScheduleKind.OneCycle : ScheduleKind.Constant;

    private Fault TakeOptimizer(scoped ref Arguments arguments)
    {
        Fault fault = arguments.TakeText(out _optimizer);
        if (!fault.IsNone) return fault;
        bool known = Words.Same(_optimizer, "sgd"u8) || Words.Same(_optimizer, "momentum"u8)
            || Words.Same(_optimizer, "nesterov"u8) || Words.Same(_optimizer, "adam"u8);
        return known ? fault : arguments.NotOneOf("sgd, momentum, nesterov or adam"u8, _optimizer);
    }

    private Fault TakeSchedule(scoped ref Arguments arguments)
    {
        Fault fault = arguments.TakeText(out _schedule);
        if (!fault.IsNone) return fault;
        bool known = Words.Same(_schedule, "one-cycle"u8) || Words.Same(_schedule, "constant"u8);
        return known ? fault : arguments.NotOneOf("one-cycle or constant"u8, _schedule);
    }
}
