using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>A checkpoint from which a training resumes.</summary>
internal sealed unsafe class TrainingCheckpoint
{
    private SafetensorsFile _tensors;
    private TrainingState _state;

    /// <summary>The network as trained: adapted to the data, with the label smoothing of the command line.</summary>
    public NetworkDescription Description;

    /// <summary>The normalization of pixels.</summary>
    public Normalization Normalization;

    /// <summary>The class names and image statistics.</summary>
    public ModelMetadata Metadata;

    /// <summary>The command lines so far.</summary>
    public readonly StoredCommandLine CommandLine = new();

    /// <summary>Reads and checks the file; the weights follow with <see cref="Load"/>. A fault names the file.</summary>
    public static Fault Open(Console console, ReadOnlySpan<byte> path, out TrainingCheckpoint checkpoint)
    {
        checkpoint = new TrainingCheckpoint();
        return console.WithPath(path, checkpoint.OpenFile(path));
    }

    /// <summary>Returns true if a regular file is a checkpoint, of this or another version.</summary>
    public static bool IsCheckpoint(ReadOnlySpan<byte> path)
    {
        if (!InputFile.Read(path, out byte* file, out long length).IsNone) return false;
        bool isCheckpoint = SafetensorsFile.Open(file, length, out SafetensorsFile tensors).IsNone &&
            tensors.TryFind(CheckpointTensor.NameOf(CheckpointPart.State), out _);
        InputFile.Release(file, length);
        return isCheckpoint;
    }

    private Fault OpenFile(ReadOnlySpan<byte> path)
    {
        Fault fault = InputFile.Read(path, out byte* file, out long length);
        if (fault.IsNone) fault = SafetensorsFile.Open(file, length, out _tensors);
        if (fault.IsNone) fault = CheckpointFile.ReadState(_tensors, out _state);
        if (fault.IsNone) fault = ModelFile.Open(file, length, out _tensors, ref Description, out Normalization);
        if (fault.IsNone) fault = CommandLine.Read(_tensors);
        if (fault.IsNone) Metadata = ModelMetadata.Read(_tensors, Description.Classes);
        return fault;
    }

    /// <summary>Moves a training that has been set up from its start to the state of the checkpoint.</summary>
    public Fault Load(TrainingSetup setup, TrainingProgress progress)
    {
        Trainer trainer = setup.Trainer;
        Engine engine = setup.Engine;
        if (_state.Epochs != setup.Recipe.Epochs || _state.StepsPerEpoch != trainer.StepsPerEpoch ||
            _state.DataChecksum != progress.DataChecksum(in setup.Training))
        {
            return Fault.Of(FaultKind.Data, "the training images differ from those of the checkpoint\n"u8 +
                "a training can only be resumed with its own data; pass its location with --data"u8);
        }
        Fault fault = ModelFile.Load(_tensors, engine);
        if (fault.IsNone) fault = CheckpointFile.ReadHistory(_tensors, in _state, progress.History);
        int flat = engine.Network.FlatParameters;
        if (fault.IsNone) fault = CheckpointFile.ReadNumbers(_tensors, CheckpointPart.FirstMoments, engine.FirstMoments, flat);
        if (fault.IsNone) fault = CheckpointFile.ReadNumbers(_tensors, CheckpointPart.SecondMoments, engine.SecondMoments, flat);
        if (fault.IsNone && engine.AverageCount > 0)
            fault = CheckpointFile.ReadNumbers(_tensors, CheckpointPart.Average, engine.Average, engine.AverageCount);
        if (fault.IsNone && progress.BestSnapshot != null && _state.BestEpoch > 0) fault = LoadBest(progress);
        if (!fault.IsNone) return fault;
        trainer.MoveTo((int)_state.Epoch, (int)_state.StepOfEpoch);
        progress.MoveTo(in _state);
        return fault;
    }

    private Fault LoadBest(TrainingProgress progress)
    {
        Fault fault = CheckpointFile.Find(_tensors, CheckpointPart.Best, SafetensorsType.U8, progress.BestBytes,
            out SafetensorsEntry entry);
        if (fault.IsNone) MemoryCopy.Copy(progress.BestSnapshot, entry.Data, (nuint)entry.Length);
        return fault;
    }
}
