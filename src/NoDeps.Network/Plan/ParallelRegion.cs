using System.Threading;

namespace NoDeps.Network;

/// <summary>
/// Ops that one work item runs without waiting for others; between two regions all workers synchronize. The division
/// depends only on shapes and batch.
/// </summary>
internal unsafe struct ParallelRegion
{
    /// <summary>Channels of a work item in a region divided by channels, by default.</summary>
    public const int DefaultChannelBlock = 16;

    public BatchState* Batch;
    public RegionMode Mode;
    public Op* Ops;
    public int OpCount;
    /// <summary>Divided by channels: their number.</summary>
    public int Channels;
    /// <summary>Channels per work item, a multiple of 16.</summary>
    public int ChannelBlock;
    /// <summary>True if several tiles may share a work item.</summary>
    public bool MayBatchTiles;

    private readonly int TilesPerItem => !MayBatchTiles || Batch->Tiles < 8 ? 1 : Batch->Tiles < 16 ? 2 : 4;

    // Tiles or channels, in all and per work item.
    private readonly int All => Mode == RegionMode.Channels ? Channels : Batch->Tiles;

    private readonly int ItemSize => Mode switch
    {
        RegionMode.Tiles => TilesPerItem,
        RegionMode.Channels => ChannelBlock,
        _ => All,
    };

    /// <summary>Number of work items.</summary>
    public readonly int Items => Mode == RegionMode.Serial ? 1 : (All + ItemSize - 1) / ItemSize;

    /// <summary>
    /// Runs one work item: every op over its channels, or each tile through the ops while its data is in the cache; ops
    /// that batch tiles take all of the item's tiles at once. Measures their times if the batch has a clock.
    /// </summary>
    /// <param name="context">The region.</param>
    /// <param name="item">Index of the work item.</param>
    public static void Run(void* context, int item)
    {
        ParallelRegion* region = (ParallelRegion*)context;
        bool byTiles = region->Mode == RegionMode.Tiles;
        int size = region->ItemSize, first = item * size;
        int count = System.Math.Min(region->All - first, size);
        delegate*<long> clock = region->Batch->Clock;
        for (int begin = 0, end; begin < region->OpCount; begin = end)
        {
            end = begin + 1;
            bool allAtOnce = !byTiles || region->Ops[begin].BatchesTiles;
            while (!allAtOnce && end < region->OpCount && !region->Ops[end].BatchesTiles) end++;
            int step = allAtOnce ? count : 1;
            for (int part = first; part < first + count; part += step)
            {
                for (Op* op = region->Ops + begin; op < region->Ops + end; op++)
                {
                    long start = clock == null ? 0 : clock();
                    op->Kernel(op->Layer, part, step);
                    if (clock != null) Interlocked.Add(ref op->Time, clock() - start);
                }
            }
        }
    }
}
