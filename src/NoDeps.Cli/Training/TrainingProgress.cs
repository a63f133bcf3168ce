using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>What a training has come to: its epochs, the best one of them, and the sum of the losses of the one at hand.</summary>
internal sealed unsafe class TrainingProgress
{
    private const int MaxChecksummed = 1 << 30;

    private Evaluation _best;
    private uint _checksum;
    private bool _hasChecksum;

    /// <summary>The epochs that are over.</summary>
    public readonly TrainingHistory History = new();

    /// <summary>Sum of the losses of the steps of the epoch at hand.</summary>
    public double LossSum;

    /// <summary>The epoch that validated best, from 1; 0 where there is none.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The parameters of that epoch; null where they are not kept.</summary>
    public byte* BestSnapshot { get; private set; }

    /// <summary>Bytes of <see cref="BestSnapshot"/>.</summary>
    public long BestBytes { get; private set; }

    /// <summary>Epochs without a better one.</summary>
    public int EpochsSinceBest => History.Count - BestEpoch;

    /// <summary>Takes memory for the best epoch's parameters.</summary>
    public Fault KeepBest(NetworkDescription network)
    {
        BestBytes = ParameterSnapshot.BytesNeeded(network);
        Fault fault = PageMemory.Take(BestBytes, out byte* memory);
        if (fault.IsNone) BestSnapshot = memory;
        return fault;
    }

    /// <summary>CRC-32 of the images and labels that are trained on.</summary>
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

    /// <summary>Ends an epoch; keeps the parameters where it validated best so far.</summary>
    public void EndEpoch(in EpochRecord record, Engine engine)
    {
        History.Add(in record);
        LossSum = 0;
        if (record.Validation.Count == 0 || BestEpoch > 0 && !IsBetter(in record.Validation)) return;
        _best = record.Validation;
        BestEpoch = (int)record.Epoch;
        if (BestSnapshot != null) ParameterSnapshot.Take(engine, BestSnapshot);
    }

    /// <summary>More right answers, or as many with a lower loss.</summary>
    private bool IsBetter(in Evaluation validation) =>
        validation.Correct > _best.Correct || validation.Correct == _best.Correct && validation.Loss < _best.Loss;

    /// <summary>What a checkpoint keeps of it.</summary>
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

    /// <summary>Goes to where a checkpoint was; the history was read before.</summary>
    public void MoveTo(in TrainingState state)
    {
        LossSum = state.LossSum;
        BestEpoch = (int)state.BestEpoch;
        _best.Loss = state.BestLoss;
        _best.Correct = (int)state.BestCorrect;
    }
}
