using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps train</c> that replace values of the network's recipe.</summary>
internal ref struct RecipeOptions
{
    private const int Unset = -1;
    private const int MaxRate = 1000;
    private const int MaxEpochs = 100_000;
    private const int PlainSgd = 0;
    private const int Nesterov = 2;
    private const int Adam = 3;

    private int _epochs = Unset;
    private int _batch = Unset;
    private int _shift = Unset;
    private int _optimizer = Unset;
    private int _schedule = Unset;
    private double _rate = Unset;
    private double _momentum = Unset;
    private double _weightDecay = Unset;
    private bool _dropLast;

    public RecipeOptions()
    {
    }

    private static ReadOnlySpan<byte> Optimizers => "sgd momentum nesterov adam"u8;

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref RecipeOptions options)
    {
        visitor.Integer("epochs"u8, 1, MaxEpochs, ref options._epochs, "passes over the training set"u8, "5"u8);
        visitor.Integer("batch"u8, 1, CommonOptions.MaxBatch, ref options._batch, "images per training step"u8, "64"u8);
        visitor.Choice("optimizer"u8, Optimizers, ref options._optimizer, "update rule"u8, "nesterov"u8);
        visitor.Number("lr"u8, 0, MaxRate, ref options._rate, "learning rate; the peak of a one-cycle schedule"u8,
            "0.1; with --optimizer adam 0.005"u8);
        visitor.Choice("schedule"u8, "one-cycle constant"u8, ref options._schedule, "how the learning rate changes over time"u8,
            "one-cycle"u8);
        visitor.Number("momentum"u8, 0, 1, ref options._momentum, "momentum, where the schedule does not set it"u8, "0.9"u8);
        visitor.Number("weight-decay"u8, 0, MaxRate, ref options._weightDecay, "L2 penalty"u8, "0.0005"u8);
        visitor.Integer("shift"u8, 0, Recipe.MaxShift, ref options._shift,
            "shift each image at random in every epoch, by at most N pixels in each direction"u8, "0"u8);
        visitor.Flag("drop-last"u8, ref options._dropLast, "train on whole batches only; what is left over of an epoch is dropped"u8);
    }

    /// <summary>The recipe with the options in place of its values.</summary>
    public readonly Recipe Apply(Recipe recipe)
    {
        if (_epochs > 0) recipe.Epochs = _epochs;
        if (_batch > 0) recipe.Batch = _batch;
        if (_optimizer >= 0) SetOptimizer(ref recipe, _optimizer);
        if (_schedule >= 0) recipe.Schedule = _schedule == 0 ? ScheduleKind.OneCycle : ScheduleKind.Constant;
        if (_rate >= 0) recipe.LearningRate = _rate;
        if (_momentum >= 0) recipe.Momentum = _momentum;
        if (_weightDecay >= 0) recipe.WeightDecay = _weightDecay;
        if (_shift >= 0) recipe.Shift = _shift;
        recipe.DropLast |= _dropLast;
        return recipe;
    }

    /// <summary>Another rule needs another learning rate, 0.005 for Adam, and momentum where its name says so.</summary>
    private static void SetOptimizer(ref Recipe recipe, int optimizer)
    {
        const double DefaultMomentum = 0.9;
        const double DefaultRateOfAdam = 0.005;
        if (optimizer == Adam)
        {
            if (recipe.Optimizer != OptimizerKind.Adam) recipe.LearningRate = DefaultRateOfAdam;
            recipe.Optimizer = OptimizerKind.Adam;
            return;
        }
        recipe.Optimizer = optimizer == Nesterov ? OptimizerKind.Nesterov : OptimizerKind.Sgd;
        if (optimizer == PlainSgd) recipe.Momentum = 0;
        else if (recipe.Momentum == 0) recipe.Momentum = DefaultMomentum;
    }

    /// <summary>What the command line calls a recipe's rule.</summary>
    public static ReadOnlySpan<byte> OptimizerName(in Recipe recipe)
    {
        int name = recipe.Momentum == 0 ? PlainSgd : PlainSgd + 1;
        if (recipe.Optimizer == OptimizerKind.Nesterov) name = Nesterov;
        if (recipe.Optimizer == OptimizerKind.Adam) name = Adam;
        return WordList.At(Optimizers, name);
    }
}
