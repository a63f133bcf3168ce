using System.Runtime.CompilerServices;
using System.Threading;

namespace NoDeps.Network;

/// <summary>One piece of a pass: a function of a layer and a range of tiles or of channels.</summary>
internal unsafe struct Op
{
    /// <summary>The work: (layer, first, count).</summary>
    public delegate*<LayerState*, int, int, void> Body;
    /// <summary>What it works on.</summary>
    public LayerState* Layer;
    /// <summary>Better done for several tiles at once (dense layers share their weights).</summary>
    public bool BatchesTiles;
    /// <summary>What the clock of the batch has counted while it ran, on all threads together.</summary>
    public long Time;

    /// <summary>Runs a piece of it, and takes the time where there is a clock.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(Op* op, int first, int count)
    {
        delegate*<long> clock = op->Layer->Batch->Clock;
        long start = clock == null ? 0 : clock();
        op->Body(op->Layer, first, count);
        if (clock != null) Interlocked.Add(ref op->Time, clock() - start);
    }
}
