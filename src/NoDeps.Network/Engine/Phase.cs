using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Steps that one piece of the work goes through without waiting for the others: between two phases all workers meet.
/// How it is divided depends on shapes and batch alone.
/// </summary>
internal unsafe struct Phase
{
    /// <summary>Channels in a piece of a phase divided by channels where it says nothing else.</summary>
    public const int UsualBlock = 16;

    public BatchState* Batch;
    public PhaseMode Mode;
    public Step* Steps;
    public int StepCount;
    /// <summary>Divided by channels: how many there are.</summary>
    public int Channels;
    /// <summary>And how many in a piece, a multiple of 16.</summary>
    public int ChannelBlock;
    /// <summary>Whether several tiles may share a piece.</summary>
    public bool MayGroup;

    private readonly int TilesPerItem => !MayGroup || Batch->Tiles < 8 ? 1 : Batch->Tiles < 16 ? 2 : 4;

    /// <summary>Runs the whole phase.</summary>
    public static void Run(Phase* phase, WorkTeam team)
    {
        if (phase->Mode == PhaseMode.Serial)
        {
            for (int i = 0; i < phase->StepCount; i++) Step.Run(phase->Steps + i, 0, phase->Batch->Tiles);
            return;
        }
        int items;
        if (phase->Mode == PhaseMode.Tiles) items = (phase->Batch->Tiles + phase->TilesPerItem - 1) / phase->TilesPerItem;
        else items = (phase->Channels + phase->ChannelBlock - 1) / phase->ChannelBlock;
        if (items == 1) Item(phase, 0);
        else if (items > 1) team.Run(&Item, phase, items);
    }

    private static void Item(void* context, int item)
    {
        Phase* phase = (Phase*)context;
        if (phase->Mode == PhaseMode.Tiles)
        {
            int size = phase->TilesPerItem, first = item * size;
            int count = phase->Batch->Tiles - first;
            if (count > size) count = size;
            TileItem(phase, first, count);
            return;
        }
        int channel = item * phase->ChannelBlock, channels = phase->Channels - channel;
        if (channels > phase->ChannelBlock) channels = phase->ChannelBlock;
        for (int i = 0; i < phase->StepCount; i++) Step.Run(phase->Steps + i, channel, channels);
    }

    /// <summary>Takes each tile through the steps while its data is in the cache; grouped steps take all tiles at once.</summary>
    private static void TileItem(Phase* phase, int first, int count)
    {
        int step = 0;
        while (step < phase->StepCount)
        {
            int end = step;
            while (end < phase->StepCount && !phase->Steps[end].Grouped) end++;
            for (int tile = first; tile < first + count && end > step; tile++)
            {
                for (int i = step; i < end; i++) Step.Run(phase->Steps + i, tile, 1);
            }
            for (; end < phase->StepCount && phase->Steps[end].Grouped; end++)
            {
                Step.Run(phase->Steps + end, first, count);
            }
            step = end;
        }
    }
}
