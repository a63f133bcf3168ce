using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Trains an engine on a data set in memory. The order of the images in an epoch depends only on the seed and the epoch. The
/// last batch of an epoch may be smaller, unless the recipe drops it, as drop_last of PyTorch's DataLoader does; a single
/// remaining image is dropped if the network has batch normalization, because one sample has no variance. The augmentation
/// of an image depends only on the seed, the epoch and the image's index in the data set.
/// </summary>
public sealed unsafe class Trainer
{
    /// <summary>The random streams of the orders, distinct from those of initialization.</summary>
    private const ulong OrderStream = 1UL << 40;

    private readonly Engine _engine;
    private readonly Recipe _recipe;
    private readonly Schedule _schedule;
    private readonly Normalization _normalization;
    private readonly ulong _seed;
    private readonly byte* _images;
    private readonly byte* _labels;
    private readonly int _count;
    private readonly int* _order;
    private readonly int* _subset;
    private readonly int _batch;
    private long _step;
    private int _stepOfEpoch;
    private int _epoch;

    /// <summary>A trainer at the start of its first epoch.</summary>
    /// <param name="engine">The engine, initialized.</param>
    /// <param name="recipe">The hyperparameters.</param>
    /// <param name="normalization">Normalization of the input.</param>
    /// <param name="seed">Seed of the order and the augmentation.</param>
    /// <param name="images">The data set, [image][channel][row][column] bytes of the engine's input shape.</param>
    /// <param name="labels">[image], each below the number of classes.</param>
    /// <param name="count">Number of images to train on, at least 1.</param>
    /// <param name="order">Receives the order of an epoch, [<paramref name="count"/>].</param>
    /// <param name="subset">[count], the indices of these images in the data set; null for the first ones.</param>
    public Trainer(Engine engine, in Recipe recipe, Normalization normalization, ulong seed, byte* images, byte* labels,
        int count, int* order, int* subset = null)
    {
        _engine = engine;
        _recipe = recipe;
        _normalization = normalization;
        _seed = seed;
        _images = images;
        _labels = labels;
        _count = count;
        _order = order;
        _subset = subset;
        _batch = Math.Min(recipe.Batch, count);
        int rest = count % _batch;
        bool isRestDropped = recipe.DropLast || rest == 1 && engine.Network.HasBatchNormalization;
        SamplesPerEpoch = isRestDropped ? count - rest : count;
        StepsPerEpoch = (SamplesPerEpoch + _batch - 1) / _batch;
        _schedule = new Schedule(in recipe, (long)StepsPerEpoch * recipe.Epochs);
        float[] weights = null;
        if (recipe.BalancesClasses)
        {
            weights = new float[engine.Network.Classes];
            ClassBalance.Weigh(labels, subset, count, weights);
        }
        engine.SetClassWeights(weights);
    }

    /// <summary>Samples in a step: the recipe's batch size, or all images if there are fewer.</summary>
    public int Batch => _batch;

    /// <summary>Steps in an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Images trained on in an epoch.</summary>
    public int SamplesPerEpoch { get; }

    /// <summary>Steps taken so far.</summary>
    public long StepsTaken => _step;

    /// <summary>The current epoch, from 0.</summary>
    public int Epoch => _epoch;

    /// <summary>Steps taken so far in the current epoch.</summary>
    public int StepsTakenOfEpoch => _stepOfEpoch;

    /// <summary>Images of the last step.</summary>
    public int LastBatch => _engine.Count;

    /// <summary>The learning rate of the last step; before the first step, that of the first.</summary>
    public double LearningRate => _schedule.Rate(Math.Max(_step - 1, 0));

    /// <summary>Moves to a position in the training, from which it continues as if it had been trained up to there.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="stepOfEpoch">Steps already taken in that epoch, at most <see cref="StepsPerEpoch"/>.</param>
    public void MoveTo(int epoch, int stepOfEpoch)
    {
        BeginEpoch(epoch);
        _stepOfEpoch = stepOfEpoch;
        _step = (long)epoch * StepsPerEpoch + stepOfEpoch;
        _engine.TrainingPasses = _step;
    }

    /// <summary>Shuffles the images for an epoch, counted from 0.</summary>
    public void BeginEpoch(int epoch)
    {
        Philox random = new(_seed, OrderStream + (ulong)epoch);
        random.Permutation(new Span<int>(_order, _count));
        for (int i = 0; i < _count && _subset != null; i++) _order[i] = _subset[_order[i]];
        _stepOfEpoch = 0;
        _epoch = epoch;
    }

    /// <summary>Trains on the next batch; returns its mean loss before the step. Allocates nothing.</summary>
    public double Step()
    {
        int first = _stepOfEpoch * _batch;
        int* order = _order + first;
        _engine.SetImages(_images, order, Math.Min(_batch, SamplesPerEpoch - first), in _normalization);
        _engine.Augment(_recipe.Shift, in _recipe.Augmentation, _seed, ImageAugmentation.StreamOf(_epoch));
        _engine.SetLabels(_labels, order);
        _engine.Forward(isTraining: true);
        double loss = _engine.Loss();
        OptimizerStep update;
        update.Kind = _recipe.Optimizer;
        update.LearningRate = _schedule.Rate(_step);
        update.Momentum = _schedule.Momentum(_step);
        update.Beta2 = _recipe.Beta2;
        update.Epsilon = _recipe.Epsilon;
        update.WeightDecay = _recipe.WeightDecay;
        update.ClipNorm = _recipe.ClipNorm;
        update.AverageDecay = _recipe.AverageDecay;
        update.Number = ++_step;
        _engine.BackwardAndUpdate(in update);
        _stepOfEpoch++;
        return loss;
    }
}
