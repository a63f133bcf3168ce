using System.Runtime.CompilerServices;
using System.Threading;

namespace NoDeps.Network;

/// <summary>One operation of a pass: a function of a layer and a range of tiles or of channels.</summary>
internal unsafe struct Op
{
    /// <summary>The kernel: (layer, first, count).</summary>
    public delegate*<LayerState*, int, int, void> Body;
    /// <summary>The layer.</summary>
    public LayerState* Layer;
    /// <summary>Better done for several tiles at once (dense layers reuse their weights).</summary>
    public bool BatchesTiles;
    /// <summary>The time that the batch's clock measured while it ran, summed over all threads.</summary>
    public long Time;

    /// <summary>Runs a part of it, and measures the time if there is a clock.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(Op* op, int first, int count)
    {
        delegate*<long> clock = op->Layer->Batch->Clock;
        long start = clock == null ? 0 : clock();
        op->Body(op->Layer, first, count);
        if (clock != null) Interlocked.Add(ref op->Time, clock() - start);
    }
}
