using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Memory in which a training's files are composed, taken before its first step: where memory is short, it is said then and not when
/// the result is to be saved.
/// </summary>
internal sealed unsafe class SaveBuffer
{
    /// <summary>The memory.</summary>
    public byte* Data { get; private set; }

    /// <summary>Its size in bytes.</summary>
    public long Capacity { get; private set; }

    /// <summary>Takes enough for the model and for every checkpoint of a training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="metadata">What the model says besides, but for its history.</param>
    /// <param name="epochs">Epochs of the history.</param>
    /// <param name="arguments">Bytes of the command lines.</param>
    public Fault Take(NetworkDescription network, ModelMetadata metadata, int epochs, long arguments)
    {
        // Two moments and an average of the parameters, running statistics in the average, the best epoch, and the history, escaped in
        // the model's header.
        Capacity = CheckpointFile.MaxBytes(network, metadata, default) + 3L * sizeof(float) * network.FlatParameters +
            2L * ParameterSnapshot.BytesNeeded(network) + 2L * (EpochRecord.MaxJson + 3) * epochs + arguments;
        Fault fault = PageMemory.Take(Capacity, out byte* memory);
        Data = memory;
        return fault;
    }
}
