using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Saves a training's checkpoints, each replacing the previous one, and finally removes the last.</summary>
internal sealed unsafe class CheckpointWriter
{
    private const int MaxParts = 8;

    private readonly TrainingSetup _setup;
    private readonly TrainingProgress _progress;
    private readonly StoredCommandLine _commandLine;
    private readonly CheckpointInterval _interval;
    private byte[] _path;
    private readonly bool _isResumed;
    private long _last = Clock.Nanoseconds();
    private bool _isWritten;

    /// <param name="setup">The training.</param>
    /// <param name="progress">The progress of the training.</param>
    /// <param name="commandLine">The command lines so far.</param>
    /// <param name="interval">The interval between checkpoints.</param>
    /// <param name="path">The path of the checkpoint; empty for the model's path with .checkpoint.</param>
    /// <param name="resumed">The checkpoint from which the training resumes; empty for none.</param>
    public CheckpointWriter(TrainingSetup setup, TrainingProgress progress, StoredCommandLine commandLine, CheckpointInterval interval,
        ReadOnlySpan<byte> path, ReadOnlySpan<byte> resumed)
    {
        _setup = setup;
        _progress = progress;
        _commandLine = commandLine;
        _interval = interval;
        _path = path.IsEmpty && resumed.IsEmpty ? DefaultPath(setup) : Words.Copy(path.IsEmpty ? resumed : path);
        _isResumed = resumed.SequenceEqual(_path);
    }

    /// <summary>The path of the checkpoints.</summary>
    public ReadOnlySpan<byte> Path => _path;

    /// <summary>
    /// Fails if the path is the checkpoint of another, interrupted training, or any other file, which would be lost, or if it cannot be
    /// written.
    /// </summary>
    public Fault Check(Console console)
    {
        if (_isResumed || !InputFile.IsRegular(_path)) return CheckPlace(console);
        Fault fault = OutputGuard.CheckData(console, _path, _setup.Folder.Set);
        if (!fault.IsNone) return fault;
        if (!TrainingCheckpoint.IsCheckpoint(_path))
        {
            fault = Fault.Of(FaultKind.CannotCreate, "exists and is not a checkpoint\n"u8 +
                "remove it, or name another with --checkpoint-file"u8);
            return console.WithPath(_path, fault);
        }
        Utf8Writer hint = new(stackalloc byte[300]);
        hint.Text("resume with \"nodeps train --resume "u8);
        if (_path.Length < 160) hint.Text(_path);
        else hint.Text("FILE"u8);
        hint.Text("\", or remove it, or name another with --checkpoint-file"u8);
        fault = Fault.Of(FaultKind.CannotCreate, "is the checkpoint of another training"u8);
        return console.WithPath(_path, fault.WithHint(hint.Written));
    }

    private Fault CheckPlace(Console console)
    {
        Fault fault = OutputGuard.CheckInput(console, _path, _setup.OutPath, "is the output path of the model"u8);
        if (!fault.IsNone) return fault;
        // Weights, first and second moments.
        fault = OutputGuard.Check(console, _path, _setup.Description.ParameterCount * 12L, out _);
        return fault.IsNone ? fault : fault.WithHint("training also saves checkpoints; choose another path with --checkpoint-file"u8);
    }

    /// <summary>To be called after each step: saves a checkpoint if one is due.</summary>
    public Fault AfterStep(Console console)
    {
        if (_interval.Nanoseconds == 0 || Clock.Nanoseconds() - _last < _interval.Nanoseconds) return Fault.None;
        return Save(console);
    }

    /// <summary>To be called after each epoch except the last: saves a checkpoint if one is due.</summary>
    public Fault AfterEpoch(Console console, int epochs) =>
        _interval.Epochs > 0 && epochs % _interval.Epochs == 0 ? Save(console) : Fault.None;

    /// <summary>True if the last checkpoint was saved, even if at another path.</summary>
    public bool IsSaved { get; private set; }

    /// <summary>
    /// Saves a checkpoint. If that fails, saves it elsewhere, and from then on there; the fault names the file and the new path.
    /// </summary>
    public Fault Save(Console console)
    {
        IsSaved = false;
        TrainingState state = _progress.State(_setup);
        Fault fault;
        ReadOnlySpan<EpochRecord> history = _progress.History.Records;
        fixed (EpochRecord* records = history)
        {
            Span<CheckpointTensor> parts = stackalloc CheckpointTensor[MaxParts];
            int count = Parts(&state, records, parts);
            fault = Write(console, parts.Slice(0, count));
        }
        _last = Clock.Nanoseconds();
        _isWritten |= IsSaved;
        return fault;
    }

    /// <summary>Removes the checkpoint after the training has finished.</summary>
    public void Remove()
    {
        if (_isWritten || _isResumed) OutputFile.Remove(_path);
    }

    private int Parts(TrainingState* state, EpochRecord* records, Span<CheckpointTensor> parts)
    {
        Engine engine = _setup.Engine;
        int flat = engine.Network.FlatParameters, count = 0;
        parts[count++] = new(CheckpointPart.FirstMoments, SafetensorsType.F32, engine.FirstMoments, flat);
        parts[count++] = new(CheckpointPart.SecondMoments, SafetensorsType.F32, engine.SecondMoments, flat);
        parts[count++] = new(CheckpointPart.State, SafetensorsType.I64, state, TrainingState.Count);
        parts[count++] = new(CheckpointPart.History, SafetensorsType.U8, records, _progress.History.Count * sizeof(EpochRecord));
        if (engine.AverageCount > 0)
            parts[count++] = new(CheckpointPart.Average, SafetensorsType.F32, engine.Average, engine.AverageCount);
        if (_progress.BestSnapshot != null && _progress.BestEpoch > 0)
            parts[count++] = new(CheckpointPart.Best, SafetensorsType.U8, _progress.BestSnapshot, (int)_progress.BestBytes);
        parts[count++] = new(CheckpointPart.Arguments, SafetensorsType.U8, _commandLine.Data, _commandLine.Text.Length);
        return count;
    }

    private Fault Write(Console console, ReadOnlySpan<CheckpointTensor> parts)
    {
        SaveBuffer buffer = _setup.Buffer;
        Fault fault = CheckpointFile.Write(_setup.Engine, _setup.Normalization, _setup.Metadata, parts, buffer.Data, buffer.Capacity,
            out long length);
        if (!fault.IsNone) return fault;
        fault = console.WithPath(_path, OutputFile.Replace(_path, buffer.Data, length));
        IsSaved = fault.IsNone;
        if (IsSaved) return fault;
        fault = OutputRescue.Write(console, _path, buffer.Data, length, fault, out byte[] rescued);
        IsSaved = rescued != null;
        if (IsSaved) _path = rescued;
        return fault;
    }

    /// <summary>Beside the model; if that is not a regular file, in the working folder.</summary>
    private static byte[] DefaultPath(TrainingSetup setup)
    {
        ReadOnlySpan<byte> model = setup.OutPath;
        if (setup.OutMethod != OutputMethod.Replace) model = model.Slice(Words.LastIndexOf(model, (byte)'/') + 1);
        byte[] path = new byte[model.Length + 11];
        Utf8Writer writer = new(path);
        writer.Text(model);
        writer.Text(".checkpoint"u8);
        return path;
    }
}
