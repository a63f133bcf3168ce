using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// A copy of everything of an engine that a model file stores: weights, biases and running statistics, layer by layer
/// in the order of <see cref="ParameterKind"/>, and the batch counts.
/// </summary>
public static unsafe class ParameterSnapshot
{
    /// <summary>Size of a copy in bytes.</summary>
    public static long BytesNeeded(NetworkDescription network)
    {
        long bytes = 0;
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.Layers[i];
            bytes += 4L * layer.ParameterCount;
            if (layer.HasRunningStatistics) bytes += 8L * layer.BiasCount + sizeof(long);
        }
        return bytes;
    }

    /// <summary>Copies an engine's parameters to memory of <see cref="BytesNeeded"/> bytes.</summary>
    public static void Take(Engine engine, byte* to) => Transfer(engine, to, false);

    /// <summary>Copies them back.</summary>
    public static void Restore(Engine engine, byte* from) => Transfer(engine, from, true);

    /// <summary>Returns true if all parameters and running statistics are finite numbers.</summary>
    public static bool IsFinite(Engine engine)
    {
        for (int i = 0; i < engine.Network.LayerCount; i++)
        {
            for (ParameterKind kind = ParameterKind.Weight; kind <= ParameterKind.RunningVariance; kind++)
            {
                float* numbers = engine.Parameter(i, kind, out int count);
                for (int j = 0; j < count; j++) if (!float.IsFinite(numbers[j])) return false;
            }
        }
        return true;
    }

    private static void Transfer(Engine engine, byte* memory, bool isRestore)
    {
        for (int i = 0; i < engine.Network.LayerCount; i++)
        {
            for (ParameterKind kind = ParameterKind.Weight; kind <= ParameterKind.RunningVariance; kind++)
            {
                float* numbers = engine.Parameter(i, kind, out int count);
                memory = Move((byte*)numbers, memory, 4L * count, isRestore);
            }
            if (engine.Network.Layers[i].HasRunningStatistics)
                memory = Move((byte*)engine.BatchesTracked(i), memory, sizeof(long), isRestore);
        }
    }

    private static byte* Move(byte* inEngine, byte* memory, long bytes, bool isRestore)
    {
        if (isRestore) MemoryCopy.Copy(inEngine, memory, (nuint)bytes);
        else MemoryCopy.Copy(memory, inEngine, (nuint)bytes);
        return memory + bytes;
    }
}
