using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The plan of a pass over the network: regions in order. Built during setup, op by op.</summary>
internal sealed unsafe class ExecutionPlan
{
    private readonly BatchState* _batch;
    private readonly ParallelRegion* _regions;
    private readonly Op* _ops;
    private int _regionCount, _opCount;

    /// <summary>One of an engine's three plans, by number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ExecutionPlan(EngineLayout layout, int index)
    {
        _batch = layout.Batch;
        _regions = layout.Regions + index * layout.OpCapacity;
        _ops = layout.Ops + index * layout.OpCapacity;
    }

    /// <summary>How the last region is divided; serial if there is none.</summary>
    public RegionMode Mode => _regionCount == 0 ? RegionMode.Serial : _regions[_regionCount - 1].Mode;

    /// <summary>Begins a region.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ParallelRegion* Begin(RegionMode mode, int channels)
    {
        ParallelRegion* region = &_regions[_regionCount++];
        *region = default;
        region->Batch = _batch;
        region->Mode = mode;
        region->Channels = channels;
        region->ChannelBlock = ParallelRegion.DefaultChannelBlock;
        region->Ops = _ops + _opCount;
        region->MayBatchTiles = true;
        return region;
    }

    /// <summary>Adds an op to the last region.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(delegate*<LayerState*, int, int, void> kernel, LayerState* layer, bool batchesTiles)
    {
        Op* op = &_ops[_opCount++];
        op->Kernel = kernel;
        op->Layer = layer;
        op->BatchesTiles = batchesTiles;
        _regions[_regionCount - 1].OpCount++;
    }

    /// <summary>Adds an op by tiles, in a new region if the last one is divided otherwise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AddTiles(delegate*<LayerState*, int, int, void> kernel, LayerState* layer, bool batchesTiles)
    {
        if (Mode != RegionMode.Tiles) Begin(RegionMode.Tiles, 0);
        Add(kernel, layer, batchesTiles);
    }

    /// <summary>Adds an op in the one of its two forms that matches how the work is divided.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AddEither(bool byChannels, delegate*<LayerState*, int, int, void> tiles,
        delegate*<LayerState*, int, int, void> channels, LayerState* layer)
    {
        if (byChannels) Add(channels, layer, false);
        else AddTiles(tiles, layer, false);
    }

    /// <summary>Adds an op that runs on the caller's thread, in a separate region.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AddSerial(delegate*<LayerState*, int, int, void> kernel, LayerState* layer)
    {
        if (_regionCount == 0 || Mode != RegionMode.Serial) Begin(RegionMode.Serial, 0);
        Add(kernel, layer, false);
    }

    /// <summary>Forbids sharing a work item among several tiles: in training, few tiles must occupy all workers.</summary>
    public void DisallowTileBatching()
    {
        for (int i = 0; i < _regionCount; i++) _regions[i].MayBatchTiles = false;
    }

    /// <summary>The time that the clock measured in the ops of a layer, over all regions.</summary>
    public long Time(LayerState* layer)
    {
        long time = 0;
        for (int i = 0; i < _opCount; i++)
        {
            if (_ops[i].Layer == layer) time += _ops[i].Time;
        }
        return time;
    }

    /// <summary>Runs all regions.</summary>
    public void Run(WorkTeam team)
    {
        for (int i = 0; i < _regionCount; i++)
        {
            ParallelRegion* region = &_regions[i];
            int items = region->Items;
            if (items == 1) ParallelRegion.Run(region, 0);
            else if (items > 1) team.Run(&ParallelRegion.Run, region, items);
        }
    }
}
