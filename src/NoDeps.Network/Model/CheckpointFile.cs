using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// A checkpoint, from which a training can be resumed: a model file (<see cref="ModelFile"/>) with more tensors. The
/// weights have the keys of the equivalent torch.nn.Sequential; the names of all other tensors begin with "training.".
/// </summary>
public static unsafe class CheckpointFile
{
    private const int HeaderBytes = 2048;

    /// <summary>Enough room for <see cref="Write"/>, in bytes.</summary>
    public static long MaxBytes(NetworkDescription network, ModelMetadata metadata, ReadOnlySpan<CheckpointTensor> parts)
    {
        long bytes = ModelFile.MaxBytes(network, metadata) + HeaderBytes;
        for (int i = 0; i < parts.Length; i++) bytes += parts[i].Bytes;
        return bytes;
    }

    /// <summary>Writes the file to <paramref name="to"/> and its length to <paramref name="length"/>.</summary>
    public static Fault Write(Engine engine, Normalization normalization, ModelMetadata metadata, ReadOnlySpan<CheckpointTensor> parts,
        byte* to, long capacity, out long length) =>
        ModelFile.Write(engine, normalization, to, capacity, out length, metadata, SafetensorsType.F32, parts);

    /// <summary>A part of a checkpoint, or a fault if it is missing or has another type or size.</summary>
    /// <param name="file">The checkpoint.</param>
    /// <param name="part">Which part.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="count">The expected number of elements; negative for any.</param>
    /// <param name="entry">The tensor.</param>
    public static Fault Find(SafetensorsFile file, CheckpointPart part, SafetensorsType type, long count, out SafetensorsEntry entry)
    {
        ReadOnlySpan<byte> name = CheckpointTensor.NameOf(part);
        if (!file.TryFind(name, out entry))
            return Fault.Of(FaultKind.Data, "not a checkpoint of this training, which has a tensor"u8).WithQuote(name);
        if (entry.Type != type)
            return Fault.Of(FaultKind.Data, "damaged checkpoint: wrong type of tensor"u8).WithQuote(name);
        if (count < 0 || entry.Count == count) return Fault.None;
        return Fault.Numbers(FaultKind.Data, "damaged checkpoint: wrong size of a tensor"u8, count, entry.Count).WithQuote(name);
    }

    /// <summary>Reads the state of the training. Everything from which an address is computed later is checked here.</summary>
    public static Fault ReadState(SafetensorsFile file, out TrainingState state)
    {
        state = default;
        if (!file.TryFind(CheckpointTensor.NameOf(CheckpointPart.State), out _))
        {
            return Fault.Of(FaultKind.Data, "not a checkpoint\n"u8 +
                "--resume takes what an interrupted training has saved; --init takes a model"u8);
        }
        Fault fault = Find(file, CheckpointPart.State, SafetensorsType.I64, TrainingState.Count, out SafetensorsEntry entry);
        if (!fault.IsNone) return fault;
        state = Unsafe.ReadUnaligned<TrainingState>(entry.Data);
        if (state.Version != TrainingState.CurrentVersion)
            return Fault.Numbers(FaultKind.Data, "unsupported checkpoint version"u8, TrainingState.CurrentVersion, state.Version);
        bool isPlausible = state.Epochs <= int.MaxValue && state.StepsPerEpoch <= int.MaxValue &&
            state.Epoch >= 0 && state.Epoch <= state.Epochs &&
            state.StepOfEpoch >= 0 && state.StepOfEpoch <= state.StepsPerEpoch && double.IsFinite(state.LossSum) &&
            state.BestEpoch >= 0 && state.BestEpoch <= state.Epoch;
        return isPlausible ? fault : Fault.Of(FaultKind.Data, "damaged checkpoint: its position in the training is impossible"u8);
    }

    /// <summary>Reads the completed epochs; there are as many as the state says.</summary>
    public static Fault ReadHistory(SafetensorsFile file, in TrainingState state, TrainingHistory history)
    {
        if (state.Epoch == 0) return Fault.None;
        int size = sizeof(EpochRecord);
        Fault fault = Find(file, CheckpointPart.History, SafetensorsType.U8, state.Epoch * size, out SafetensorsEntry entry);
        if (!fault.IsNone) return fault;
        for (long i = 0; i < state.Epoch; i++) history.Add(Unsafe.ReadUnaligned<EpochRecord>(entry.Data + i * size));
        return fault;
    }

    /// <summary>Copies numbers into an array of the engine; a number that is not finite is a fault.</summary>
    public static Fault ReadNumbers(SafetensorsFile file, CheckpointPart part, float* to, int count)
    {
        Fault fault = Find(file, part, SafetensorsType.F32, count, out SafetensorsEntry entry);
        if (!fault.IsNone) return fault;
        MemoryCopy.Copy((byte*)to, entry.Data, (nuint)entry.Length);
        for (int i = 0; i < count; i++)
        {
            if (!float.IsFinite(to[i]))
                return Fault.Of(FaultKind.Data, "damaged checkpoint: a number is not finite"u8).WithQuote(CheckpointTensor.NameOf(part));
        }
        return fault;
    }
}
