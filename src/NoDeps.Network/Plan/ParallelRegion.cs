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
    /// <summary>Whether several tiles may share a work item.</summary>
    public bool MayBatchTiles;

    private readonly int TilesPerItem => !MayBatchTiles || Batch->Tiles < 8 ? 1 : Batch->Tiles < 16 ? 2 : 4;

    /// <summary>Number of work items.</summary>
    public readonly int Items => Mode switch
    {
        RegionMode.Tiles => (Batch->Tiles + TilesPerItem - 1) / TilesPerItem,
        RegionMode.Channels => (Channels + ChannelBlock - 1) / ChannelBlock,
        _ => 1,
    };

    /// <summary>
    /// Runs one work item: every op over its channels, or each tile through the ops while its data is in the cache; ops
    /// that batch tiles take all of the item's tiles at once.
    /// </summary>
    /// <param name="context">The region.</param>
    /// <param name="item">Index of the work item.</param>
    public static void Run(void* context, int item)
    {
        ParallelRegion* region = (ParallelRegion*)context;
        bool byTiles = region->Mode == RegionMode.Tiles;
        int all = byTiles ? region->Batch->Tiles : region->Mode == RegionMode.Channels ? region->Channels : region->Batch->Tiles;
        int size = byTiles ? region->TilesPerItem : region->Mode == RegionMode.Channels ? region->ChannelBlock : all;
        int first = item * size, count = all - first;
        if (count > size) count = size;
        for (int op = 0; op < region->OpCount;)
        {
            int end = op;
            while (byTiles && end < region->OpCount && !region->Ops[end].BatchesTiles) end++;
            for (int tile = first; tile < first + count && end > op; tile++)
            {
                for (int i = op; i < end; i++) Op.Run(region->Ops + i, tile, 1);
            }
            for (; end < region->OpCount && (!byTiles || region->Ops[end].BatchesTiles); end++)
            {
                Op.Run(region->Ops + end, first, count);
            }
            op = end;
        }
    }
}
