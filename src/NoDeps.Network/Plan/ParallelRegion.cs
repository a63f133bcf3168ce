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

    /// <summary>Pieces that it is divided into.</summary>
    public readonly int Items => Mode switch
    {
        RegionMode.Tiles => (Batch->Tiles + TilesPerItem - 1) / TilesPerItem,
        RegionMode.Channels => (Channels + ChannelBlock - 1) / ChannelBlock,
        _ => 1,
    };

    /// <summary>
    /// Runs one piece: every op over its channels, or each tile through the ops while its data is in the cache; ops that
    /// batch tiles take all of the piece's at once.
    /// </summary>
    /// <param name="context">The region.</param>
    /// <param name="item">Which piece.</param>
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
