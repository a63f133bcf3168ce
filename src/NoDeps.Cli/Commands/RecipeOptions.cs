using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps train</c> that replace values of the network's recipe.</summary>
internal ref struct RecipeOptions
{
    private const int Unset = -1;
    private const int MaxRate = 1000;
    private const int PlainSgd = 0;
    private const int Nesterov = 2;
    private const int Adam = 3;
    private const int AdamW = 4;
    private const int MaxNorm = 1_000_000;

    private int _epochs = Unset;
    private int _batch = Unset;
    private AugmentationOptions _augmentation = new();
    private int _optimizer = Unset;
    private int _schedule = Unset;
    private double _rate = Unset;
    private double _momentum = Unset;
    private double _weightDecay = Unset;
    private bool _dropLast;
    private double _warmup = Unset;
    private int _stepEpochs = Unset;
    private double _stepFactor = Unset;
    private double _clip = Unset;
    private double _ema = Unset;
    private int _classWeights = Unset;

    public RecipeOptions()
    {
    }

    private static ReadOnlySpan<byte> ClassWeights => "none balanced"u8;

    private static ReadOnlySpan<byte> Optimizers => "sgd momentum nesterov adam adamw"u8;
    /// <summary>In the order of <see cref="ScheduleKind"/>.</summary>
    private static ReadOnlySpan<byte> Schedules => "constant one-cycle cosine step linear"u8;

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref RecipeOptions options)
    {
        visitor.Integer("epochs"u8, 1, CommonOptions.MaxEpochs, ref options._epochs, "passes over the training set"u8, "5"u8);
        visitor.Integer("batch"u8, 1, CommonOptions.MaxBatch, ref options._batch, "images per training step"u8, "64"u8);
        visitor.Choice("optimizer"u8, Optimizers, ref options._optimizer, "update rule"u8, "nesterov"u8);
        visitor.Number("lr"u8, 0, MaxRate, ref options._rate, "learning rate; with a schedule, its maximum"u8,
            "0.1; with --optimizer adam or adamw 0.005"u8);
        visitor.Choice("schedule"u8, Schedules, ref options._schedule, "how the learning rate changes over time"u8,
            "one-cycle"u8);
        visitor.Number("warmup"u8, 0, CommonOptions.MaxEpochs, ref options._warmup,
            "epochs of linear warm-up, not necessarily whole; for one-cycle, the length of its rising phase"u8,
            "0; for one-cycle 30% of the steps"u8);
        visitor.Integer("step-epochs"u8, 1, CommonOptions.MaxEpochs, ref options._stepEpochs,
            "--schedule step: epochs between changes of the learning rate"u8, "a third of all epochs"u8);
        visitor.PositiveNumber("step-factor"u8, 1, ref options._stepFactor, "--schedule step: the factor of each change"u8, "0.1"u8);
        visitor.Number("momentum"u8, 0, 1, ref options._momentum, "momentum, unless the schedule sets it (one-cycle)"u8, "0.9"u8);
        visitor.Number("weight-decay"u8, 0, MaxRate, ref options._weightDecay, "L2 penalty; for adamw, decoupled weight decay"u8,
            "0.0005; with --optimizer adamw 0.01"u8);
        visitor.Number("clip"u8, 0, MaxNorm, ref options._clip,
            "clip the gradients to this global L2 norm; 0: no clipping"u8, "0"u8);
        visitor.Number("ema"u8, 0, 1, ref options._ema,
            "evaluate and save an exponential moving average of the weights with this decay, such as 0.999; 0: none"u8, "0"u8);
        visitor.Choice("class-weights"u8, ClassWeights, ref options._classWeights,
            "balanced: weight each class in the training loss inversely to its frequency"u8, "none"u8);
        AugmentationOptions.Describe(ref visitor, ref options._augmentation);
        visitor.Flag("drop-last"u8, ref options._dropLast, "drop the last batch of an epoch if it is incomplete"u8);
    }

    /// <summary>The recipe, with the options overriding its values.</summary>
    public readonly Recipe Apply(Recipe recipe)
    {
        if (_epochs > 0) recipe.Epochs = _epochs;
        if (_batch > 0) recipe.Batch = _batch;
        if (_optimizer >= 0) SetOptimizer(ref recipe, _optimizer);
        if (_schedule >= 0) recipe.Schedule = (ScheduleKind)_schedule;
        if (_rate >= 0) recipe.LearningRate = _rate;
        if (_momentum >= 0) recipe.Momentum = _momentum;
        if (_weightDecay >= 0) recipe.WeightDecay = _weightDecay;
        if (_warmup >= 0) recipe.Warmup = _warmup;
        if (_stepEpochs > 0) recipe.StepEpochs = _stepEpochs;
        if (_stepFactor > 0) recipe.StepFactor = _stepFactor;
        if (_clip >= 0) recipe.ClipNorm = _clip;
        if (_ema >= 0) recipe.AverageDecay = _ema;
        if (_classWeights >= 0) recipe.BalancesClasses = _classWeights > 0;
        _augmentation.Apply(ref recipe);
        recipe.DropLast |= _dropLast;
        return recipe;
    }

    /// <summary>Checks that the options and the recipe are consistent.</summary>
    /// <param name="recipe">The recipe with the options applied by <see cref="Apply"/>.</param>
    /// <param name="images">Shape of the images.</param>
    public readonly Fault Check(in Recipe recipe, Shape images)
    {
        Fault fault = _augmentation.Check(in recipe.Augmentation, images);
        if (!fault.IsNone) return fault;
        if (recipe.Schedule != ScheduleKind.Step && (_stepEpochs > 0 || _stepFactor > 0))
            return Fault.Of(FaultKind.Usage, "--step-epochs and --step-factor require --schedule step"u8);
        if (recipe.AverageDecay >= 1)
            return Fault.Of(FaultKind.Usage, "--ema 1 would never change the average\n"u8 + "use a decay below 1, such as 0.999"u8);
        if (recipe.Warmup <= recipe.Epochs) return Fault.None;
        return Fault.Of(FaultKind.Usage, "the warm-up is longer than the training\n"u8 + "use more --epochs or a shorter --warmup"u8);
    }

    /// <summary>
    /// Adjusts to another optimizer: the learning rate (0.005 for Adam and AdamW), momentum if its name implies it, and
    /// the usual weight decay for AdamW.
    /// </summary>
    private static void SetOptimizer(ref Recipe recipe, int optimizer)
    {
        const double DefaultMomentum = 0.9;
        const double DefaultRateOfAdam = 0.005;
        const double DefaultDecayOfAdamW = 0.01;
        if (optimizer >= Adam)
        {
            if (!recipe.IsAdam) recipe.LearningRate = DefaultRateOfAdam;
            if (optimizer == AdamW && recipe.Optimizer != OptimizerKind.AdamW) recipe.WeightDecay = DefaultDecayOfAdamW;
            recipe.Optimizer = optimizer == AdamW ? OptimizerKind.AdamW : OptimizerKind.Adam;
            return;
        }
        recipe.Optimizer = optimizer == Nesterov ? OptimizerKind.Nesterov : OptimizerKind.Sgd;
        if (optimizer == PlainSgd) recipe.Momentum = 0;
        else if (recipe.Momentum == 0) recipe.Momentum = DefaultMomentum;
    }

    /// <summary>The name of a recipe's optimizer on the command line.</summary>
    public static ReadOnlySpan<byte> OptimizerName(in Recipe recipe)
    {
        int name = recipe.Momentum == 0 ? PlainSgd : PlainSgd + 1;
        if (recipe.Optimizer == OptimizerKind.Nesterov) name = Nesterov;
        if (recipe.Optimizer == OptimizerKind.Adam) name = Adam;
        if (recipe.Optimizer == OptimizerKind.AdamW) name = AdamW;
        return WordList.At(Optimizers, name);
    }

    /// <summary>The name of a recipe's class weights.</summary>
    public static ReadOnlySpan<byte> ClassWeightsName(in Recipe recipe) => WordList.At(ClassWeights, recipe.BalancesClasses ? 1 : 0);

    /// <summary>The name of a recipe's schedule.</summary>
    public static ReadOnlySpan<byte> ScheduleName(in Recipe recipe) => WordList.At(Schedules, (int)recipe.Schedule);
}
