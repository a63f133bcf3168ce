using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Ops that one piece of the work goes through without waiting for the others: between two regions all workers meet.
/// How it is divided depends on shapes and batch alone.
/// </summary>
internal unsafe struct ParallelRegion
{
    /// <summary>Channels in a piece of a region divided by channels where it says nothing else.</summary>
    public const int DefaultChannelBlock = 16;

    public BatchState* Batch;
    public RegionMode Mode;
    public Op* Ops;
    public int OpCount;
    /// <summary>Divided by channels: how many there are.</summary>
    public int Channels;
    /// <summary>And how many in a piece, a multiple of 16.</summary>
    public int ChannelBlock;
    /// <summary>Whether several tiles may share a piece.</summary>
    public bool MayBatchTiles;

    private readonly int TilesPerItem => !MayBatchTiles || Batch->Tiles < 8 ? 1 : Batch->Tiles < 16 ? 2 : 4;

    /// <summary>Runs the whole region.</summary>
    public static void Run(ParallelRegion* region, WorkTeam team)
    {
        if (region->Mode == RegionMode.Serial)
        {
            for (int i = 0; i < region->OpCount; i++) Op.Run(region->Ops + i, 0, region->Batch->Tiles);
            return;
        }
        int items;
        if (region->Mode == RegionMode.Tiles) items = (region->Batch->Tiles + region->TilesPerItem - 1) / region->TilesPerItem;
        else items = (region->Channels + region->ChannelBlock - 1) / region->ChannelBlock;
        if (items == 1) Item(region, 0);
        else if (items > 1) team.Run(&Item, region, items);
    }

    private static void Item(void* context, int item)
    {
        ParallelRegion* region = (ParallelRegion*)context;
        if (region->Mode == RegionMode.Tiles)
        {
            int size = region->TilesPerItem, first = item * size;
            int count = region->Batch->Tiles - first;
            if (count > size) count = size;
            TileItem(region, first, count);
            return;
        }
        int channel = item * region->ChannelBlock, channels = region->Channels - channel;
        if (channels > region->ChannelBlock) channels = region->ChannelBlock;
        for (int i = 0; i < region->OpCount; i++) Op.Run(region->Ops + i, channel, channels);
    }

    /// <summary>Takes each tile through the ops while its data is in the cache; batchesTiles ops take all tiles at once.</summary>
    private static void TileItem(ParallelRegion* region, int first, int count)
    {
        int op = 0;
        while (op < region->OpCount)
        {
            int end = op;
            while (end < region->OpCount && !region->Ops[end].BatchesTiles) end++;
            for (int tile = first; tile < first + count && end > op; tile++)
            {
                for (int i = op; i < end; i++) Op.Run(region->Ops + i, tile, 1);
            }
            for (; end < region->OpCount && region->Ops[end].BatchesTiles; end++)
            {
                Op.Run(region->Ops + end, first, count);
            }
            op = end;
        }
    }
}
