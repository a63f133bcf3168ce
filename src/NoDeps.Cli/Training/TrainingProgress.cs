using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The progress of a training: its epochs, the best one, and the sum of the losses in the current one.</summary>
internal sealed unsafe class TrainingProgress
{
    private const int MaxChecksummed = 1 << 30;

    private Evaluation _best;
    private uint _checksum;
    private bool _hasChecksum;

    /// <summary>The completed epochs.</summary>
    public readonly TrainingHistory History = new();

    /// <summary>The sum of the losses of the current epoch's steps.</summary>
    public double LossSum;

    /// <summary>The epoch with the best validation result, from 1; 0 if there is none.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The parameters of that epoch; null if they are not stored.</summary>
    public byte* BestSnapshot { get; private set; }

    /// <summary>The size of <see cref="BestSnapshot"/> in bytes.</summary>
    public long BestBytes { get; private set; }

    /// <summary>The number of epochs since the best one.</summary>
    public int EpochsSinceBest => History.Count - BestEpoch;

    /// <summary>Allocates memory for the best epoch's parameters.</summary>
    public Fault KeepBest(NetworkDescription network)
    {
        BestBytes = ParameterSnapshot.BytesNeeded(network);
        Fault fault = PageMemory.Take(BestBytes, out byte* memory);
        if (fault.IsNone) BestSnapshot = memory;
        return fault;
    }

    /// <summary>The CRC-32 of the training images and labels, computed once.</summary>
    public uint DataChecksum(in LabeledImages images)
    {
        if (_hasChecksum) return _checksum;
        uint crc = Crc32.Update(0, new ReadOnlySpan<byte>(images.Labels, images.Count));
        long bytes = images.Count * images.ImageSize;
        for (long at = 0; at < bytes; at += MaxChecksummed)
            crc = Crc32.Update(crc, new ReadOnlySpan<byte>(images.Images + at, (int)Math.Min(bytes - at, MaxChecksummed)));
        _hasChecksum = true;
        return _checksum = crc;
    }

    /// <summary>Ends an epoch; stores its parameters if it has the best validation result so far.</summary>
    public void EndEpoch(in EpochRecord record, Engine engine)
    {
        History.Add(in record);
        LossSum = 0;
        if (record.Validation.Count == 0 || BestEpoch > 0 && !IsBetter(in record.Validation)) return;
        _best = record.Validation;
        BestEpoch = (int)record.Epoch;
        if (BestSnapshot != null) ParameterSnapshot.Take(engine, BestSnapshot);
    }

    /// <summary>Returns true for more correct answers, or for as many with a lower loss.</summary>
    private bool IsBetter(in Evaluation validation) =>
        validation.Correct > _best.Correct || validation.Correct == _best.Correct && validation.Loss < _best.Loss;

    /// <summary>The state that a checkpoint stores.</summary>
    public TrainingState State(TrainingSetup setup)
    {
        TrainingState state = default;
        state.Version = TrainingState.CurrentVersion;
        state.Epoch = History.Count;
        state.StepOfEpoch = setup.Trainer.Epoch < History.Count ? 0 : setup.Trainer.StepsTakenOfEpoch;
        state.StepsPerEpoch = setup.Trainer.StepsPerEpoch;
        state.Epochs = setup.Recipe.Epochs;
        state.LossSum = LossSum;
        state.BestEpoch = BestEpoch;
        state.BestLoss = _best.Loss;
        state.BestCorrect = _best.Correct;
        state.DataChecksum = DataChecksum(in setup.Training);
        return state;
    }

    /// <summary>Restores the state of a checkpoint, whose history has already been read.</summary>
    public void MoveTo(in TrainingState state)
    {
        LossSum = state.LossSum;
        BestEpoch = (int)state.BestEpoch;
        _best.Loss = state.BestLoss;
        _best.Correct = (int)state.BestCorrect;
    }
}
