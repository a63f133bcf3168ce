using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>What a command works with: a team, an engine and the memory of both. Everything is taken once.</summary>
internal sealed unsafe class Workshop
{
    /// <summary>Images that are classified at once: enough that every worker has several tiles.</summary>
    public const int EvaluationBatch = 512;

    /// <summary>The layers at work.</summary>
    public Engine Engine;

    /// <summary>Who does the work.</summary>
    public WorkTeam Team;

    /// <summary>Makes the team and the engine.</summary>
    public static Fault Create(NetworkDescription description, int batch, bool evaluationOnly, int threads,
        InstructionSet isa, out Workshop workshop)
    {
        workshop = new Workshop();
        Fault fault = ThreadTeam.Create(threads, out workshop.Team);
        if (!fault.IsNone) return fault;
        return workshop.AddEngine(description, batch, evaluationOnly, isa, out workshop.Engine);
    }

    /// <summary>Another engine for the same team.</summary>
    public Fault AddEngine(NetworkDescription description, int batch, bool evaluationOnly, InstructionSet isa,
        out Engine engine)
    {
        engine = null;
        EngineOptions options = default;
        options.EvaluationOnly = evaluationOnly;
        Fault fault = PageMemory.Take(Engine.BytesNeeded(description, batch, options), out byte* memory);
        if (!fault.IsNone) return fault;
        Isa kernels = isa == InstructionSet.Avx512 ? Isa.Avx512 : Isa.Avx2;
        engine = new Engine(description, batch, Team, kernels, options, memory);
        return Fault.None;
    }

    /// <summary>Whether images of that size are what the network takes, and all labels are classes that it has.</summary>
    public static Fault CheckFit(NetworkDescription description, scoped in LabelledImages set)
    {
        Fault fault = CheckImages(description, set.Rows, set.Columns);
        if (!fault.IsNone) return fault;
        for (int i = 0; i < set.Count; i++)
        {
            if (set.Labels[i] >= description.Classes)
                return Fault.Numbers(FaultKind.Data, "a label beyond the network's classes"u8, description.Classes - 1,
                    set.Labels[i]);
        }
        return fault;
    }

    /// <summary>Whether images of that size are what the network takes.</summary>
    public static Fault CheckImages(NetworkDescription description, int rows, int columns)
    {
        Shape input = description.Input;
        if (input.Channels != 1)
            return Fault.Numbers(FaultKind.Data, "grey images for a network with several channels"u8, 1, input.Channels);
        if (input.Rows != rows)
            return Fault.Numbers(FaultKind.Data, "the network takes images with other rows"u8, input.Rows, rows);
        if (input.Columns != columns)
            return Fault.Numbers(FaultKind.Data, "the network takes images with other columns"u8, input.Columns, columns);
        return Fault.None;
    }
}
