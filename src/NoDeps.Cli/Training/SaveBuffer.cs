using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Memory in which a training's files are composed, allocated before the first step so that a shortage is reported then, and not when the
/// result is to be saved.
/// </summary>
internal sealed unsafe class SaveBuffer
{
    /// <summary>The memory.</summary>
    public byte* Data { get; private set; }

    /// <summary>Its size in bytes.</summary>
    public long Capacity { get; private set; }

    /// <summary>Allocates enough for the model and for every checkpoint of a training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="metadata">The model's metadata, without its history.</param>
    /// <param name="epochs">The number of epochs in the history.</param>
    /// <param name="arguments">The length of the command lines in bytes.</param>
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
