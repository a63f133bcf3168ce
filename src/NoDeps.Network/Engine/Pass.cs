using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>A pass over the network: phases in order. Built while setting up, from steps one after the other.</summary>
internal sealed unsafe class Pass
{
    private readonly BatchState* batch;
    private readonly Phase* phases;
    private readonly Step* steps;
    private int phaseCount, stepCount;

    /// <summary>One of an engine's three passes, by number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Pass(EngineLayout at, int index)
    {
        batch = at.Batch;
        phases = at.Phases + index * at.StepCapacity;
        steps = at.Steps + index * at.StepCapacity;
    }

    /// <summary>How the last phase is divided; serial when there is none.</summary>
    public PhaseMode Mode => phaseCount == 0 ? PhaseMode.Serial : phases[phaseCount - 1].Mode;

    /// <summary>Begins a phase.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Phase* Begin(PhaseMode mode, int channels)
    {
        Phase* phase = &phases[phaseCount++];
        *phase = default;
        phase->Batch = batch;
        phase->Mode = mode;
        phase->Channels = channels;
        phase->ChannelBlock = Phase.UsualBlock;
        phase->Steps = steps + stepCount;
        phase->MayGroup = true;
        return phase;
    }

    /// <summary>Adds a step to the last phase.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(delegate*<LayerState*, int, int, void> body, LayerState* layer, bool grouped)
    {
        Step* step = &steps[stepCount++];
        step->Body = body;
        step->Layer = layer;
        step->Grouped = grouped;
        phases[phaseCount - 1].StepCount++;
    }

    /// <summary>Adds a step by tiles, in a new phase if the last is divided otherwise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AddTiles(delegate*<LayerState*, int, int, void> body, LayerState* layer, bool grouped)
    {
        if (Mode != PhaseMode.Tiles) Begin(PhaseMode.Tiles, 0);
        Add(body, layer, grouped);
    }

    /// <summary>Adds a step in the one of its two forms that fits how the work is divided.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AddEither(bool byChannels, delegate*<LayerState*, int, int, void> tiles,
        delegate*<LayerState*, int, int, void> channels, LayerState* layer)
    {
        if (byChannels) Add(channels, layer, false);
        else AddTiles(tiles, layer, false);
    }

    /// <summary>Adds a step of its own on the caller's thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AddSerial(delegate*<LayerState*, int, int, void> body, LayerState* layer)
    {
        if (phaseCount == 0 || Mode != PhaseMode.Serial) Begin(PhaseMode.Serial, 0);
        Add(body, layer, false);
    }

    /// <summary>Forbids that several tiles share a piece: in training few tiles must feed all workers.</summary>
    public void Ungroup()
    {
        for (int i = 0; i < phaseCount; i++) phases[i].MayGroup = false;
    }

    /// <summary>Runs all phases.</summary>
    public void Run(WorkTeam team)
    {
        for (int i = 0; i < phaseCount; i++) Phase.Run(&phases[i], team);
    }
}
