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
    /// <summary>A step that has its own pieces beside the others', by blocks of channels; none where its body is null.</summary>
    public Step Extra;
    public int ExtraChannels;
    /// <summary>Whether several tiles may share a piece.</summary>
    public bool MayGroup;

    private readonly int TilesPerItem => !MayGroup || Batch->Tiles < 8 ? 1 : Batch->Tiles < 16 ? 2 : 4;

    private readonly int Blocks(int channels) => (channels + ChannelBlock - 1) / ChannelBlock;

    /// <summary>Runs the whole phase.</summary>
    public static void Run(Phase* phase, WorkTeam team)
    {
        if (phase->Mode == PhaseMode.Serial)
        {
            for (int i = 0; i < phase->StepCount; i++) phase->Steps[i].Body(phase->Steps[i].Layer, 0, phase->Batch->Tiles);
            return;
        }
        int items;
        if (phase->Mode == PhaseMode.Tiles) items = (phase->Batch->Tiles + phase->TilesPerItem - 1) / phase->TilesPerItem;
        else items = (phase->StepCount > 0 ? phase->Blocks(phase->Channels) : 0) + phase->Blocks(phase->ExtraChannels);
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
        int blocks = phase->StepCount > 0 ? phase->Blocks(phase->Channels) : 0;
        if (item < blocks)
        {
            int first = item * phase->ChannelBlock, count = phase->Block(phase->Channels, first);
            for (int i = 0; i < phase->StepCount; i++) phase->Steps[i].Body(phase->Steps[i].Layer, first, count);
        }
        else
        {
            int first = (item - blocks) * phase->ChannelBlock;
            phase->Extra.Body(phase->Extra.Layer, first, phase->Block(phase->ExtraChannels, first));
        }
    }

    private readonly int Block(int channels, int first) => channels - first < ChannelBlock ? channels - first : ChannelBlock;

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
                for (int i = step; i < end; i++) phase->Steps[i].Body(phase->Steps[i].Layer, tile, 1);
            }
            for (; end < phase->StepCount && phase->Steps[end].Grouped; end++)
            {
                phase->Steps[end].Body(phase->Steps[end].Layer, first, count);
            }
            step = end;
        }
    }
}
