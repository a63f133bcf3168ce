using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Runs the epochs of a training, from its current state until it ends or is stopped.</summary>
internal sealed unsafe class TrainingRun
{
    private readonly Console _console;
    private readonly TrainingSetup _setup;
    private readonly TrainingProgress _progress;
    private readonly CheckpointWriter _checkpoint;
    private readonly Progress _line;
    private readonly TrainingLog _log;
    private readonly int _patience, _testEvery;

    /// <summary>The maximum number of bytes allocated by a step.</summary>
    public long AllocatedPerStep { get; private set; }

    /// <summary>The number of images trained on by this process.</summary>
    public long Samples { get; private set; }

    /// <summary>True if the training stopped early for lack of improvement.</summary>
    public bool IsStoppedEarly { get; private set; }

    /// <summary>Time spent in steps.</summary>
    public long TrainingNanoseconds => _line.TrainingNanoseconds;

    public TrainingRun(Console console, TrainingSetup setup, TrainingProgress progress, CheckpointWriter checkpoint,
        TrainingLog log, in TrainOptions options)
    {
        _console = console;
        _setup = setup;
        _progress = progress;
        _checkpoint = checkpoint;
        _log = log;
        _patience = options.Patience;
        _testEvery = options.TestEvery;
        _line = new Progress(console, setup.Recipe.Epochs, setup.Trainer.StepsPerEpoch, options.Json);
    }

    /// <summary>Trains to the end.</summary>
    public Fault Run()
    {
        Trainer trainer = _setup.Trainer;
        int epochs = _setup.Recipe.Epochs;
        bool isWithin = trainer.StepsTakenOfEpoch > 0;
        while (_progress.History.Count < epochs && !IsStoppedEarly)
        {
            if (!isWithin) trainer.BeginEpoch(_progress.History.Count);
            isWithin = false;
            Fault fault = RunEpoch();
            if (fault.IsNone) fault = EndEpoch();
            if (!fault.IsNone) return fault;
        }
        return Fault.None;
    }

    private Fault RunEpoch()
    {
        Trainer trainer = _setup.Trainer;
        _line.BeginEpoch(trainer.Epoch, trainer.StepsTakenOfEpoch);
        while (trainer.StepsTakenOfEpoch < trainer.StepsPerEpoch)
        {
            long allocatedBefore = GC.GetTotalAllocatedBytes(false);
            double loss = trainer.Step();
            AllocatedPerStep = Math.Max(AllocatedPerStep, GC.GetTotalAllocatedBytes(false) - allocatedBefore);
            if (!double.IsFinite(loss)) return Diverged("the loss is not a finite number"u8);
            _progress.LossSum += loss;
            Samples += trainer.LastBatch;
            _line.Step(loss, trainer.LastBatch);
            int signal = Interruption.Signal;
            if (signal != 0) return Interrupted(signal);
            Warn(_checkpoint.AfterStep(_console));
        }
        return Fault.None;
    }

    private Fault EndEpoch()
    {
        Trainer trainer = _setup.Trainer;
        if (!ParameterSnapshot.IsFinite(_setup.Engine)) return Diverged("a weight is not a finite number"u8);
        _line.BeginEvaluation();
        EpochRecord record = default;
        record.Epoch = trainer.Epoch + 1;
        record.Step = trainer.StepsTaken;
        record.Loss = _progress.LossSum / trainer.StepsPerEpoch;
        record.LearningRate = trainer.LearningRate;
        // If weights are averaged, the average is evaluated.
        _setup.Engine.SwapAverage();
        if (_setup.ValidationCount > 0) record.Validation = _setup.Validate();
        if (_testEvery > 0 && _setup.HasTest && record.Epoch % _testEvery == 0) record.Test = _setup.EvaluateTest();
        _progress.EndEpoch(in record, _setup.Engine);
        _setup.Engine.SwapAverage();
        _line.EndEpoch(in record);
        if (_log != null) Warn(_log.Add(_console, in record, _line.Seconds, _line.Speed));
        IsStoppedEarly = _patience > 0 && _progress.EpochsSinceBest >= _patience;
        bool isLast = IsStoppedEarly || _progress.History.Count == _setup.Recipe.Epochs;
        if (!isLast) Warn(_checkpoint.AfterEpoch(_console, _progress.History.Count));
        return Fault.None;
    }

    /// <summary>Reports a fault as a warning: the training continues although a checkpoint or log could not be written.</summary>
    private void Warn(Fault fault)
    {
        if (fault.IsNone) return;
        _line.Clear();
        _console.Report(in fault);
        _console.Error.Flush();
    }

    /// <summary>Saves a checkpoint and returns a fault that says how to resume.</summary>
    private Fault Interrupted(int signal)
    {
        _line.Clear();
        Fault fault = _checkpoint.Save(_console);
        if (!_checkpoint.IsSaved) return fault;
        Warn(fault);
        Utf8Writer what = new(stackalloc byte[160]);
        what.Text("interrupted"u8);
        WritePlace(ref what);
        Utf8Writer hint = new(stackalloc byte[300]);
        hint.Text("resume with \"nodeps train --resume "u8);
        if (_checkpoint.Path.Length < 240) hint.Text(_checkpoint.Path);
        else hint.Text("CHECKPOINT"u8);
        hint.Byte((byte)'"');
        return Fault.Of((FaultKind)(Interruption.ExitCodeBase + signal), what.Written).WithHint(hint.Written);
    }

    private Fault Diverged(ReadOnlySpan<byte> why)
    {
        _line.Clear();
        Utf8Writer what = new(stackalloc byte[192]);
        what.Text("training diverged"u8);
        WritePlace(ref what);
        what.Text(", rate "u8);
        Span<byte> digits = stackalloc byte[40];
        what.Text(digits.Slice(0, FloatFormat.General(digits, _setup.Trainer.LearningRate, 3)));
        what.Text(": "u8);
        what.Text(why);
        Utf8Writer hint = new(stackalloc byte[120]);
        hint.Text("try --lr "u8);
        hint.Text(digits.Slice(0, FloatFormat.General(digits, _setup.Recipe.LearningRate / 10, 2)));
        hint.Text("; no model was written"u8);
        return Fault.Of(FaultKind.Different, what.Written).WithHint(hint.Written);
    }

    private void WritePlace(scoped ref Utf8Writer to)
    {
        to.Text(" in epoch "u8);
        to.Integer(_setup.Trainer.Epoch + 1);
        to.Text(" of "u8);
        to.Integer(_setup.Recipe.Epochs);
        to.Text(" after step "u8);
        to.Integer(_setup.Trainer.StepsTakenOfEpoch);
        to.Text(" of "u8);
        to.Integer(_setup.Trainer.StepsPerEpoch);
    }
}
