using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Worker threads, an engine and the memory of both, all allocated once.</summary>
internal sealed unsafe class EngineSession
{
    /// <summary>Images that are classified at once: enough that every worker has several tiles.</summary>
    public const int EvaluationBatch = 512;

    /// <summary>The network with its parameters.</summary>
    public Engine Engine;

    /// <summary>The worker threads.</summary>
    public WorkTeam Team;

    /// <summary>Room for an order of images.</summary>
    public int* Order;

    /// <summary>Makes the team and the engine, and room for an order of <paramref name="images"/>.</summary>
    public static Fault Create(NetworkDescription description, int batch, bool evaluationOnly, long images, int threads,
        InstructionSet isa, out EngineSession session, KernelForm form = KernelForm.Lanes)
    {
        session = new EngineSession();
        Fault fault = ThreadTeam.Create(threads, out session.Team);
        if (!fault.IsNone) return fault;
        EngineOptions options = default;
        options.EvaluationOnly = evaluationOnly;
        options.Kernel = form;
        long engineBytes = Engine.BytesNeeded(description, batch, options);
        fault = Arena.Create(engineBytes + Arena.Alignment + images * sizeof(int), out Arena arena);
        if (!fault.IsNone) return fault;
        session.Engine = new Engine(description, batch, session.Team, IsaOption.Kernels(isa), options, arena.Allocate(engineBytes));
        session.Order = (int*)arena.Allocate(images * sizeof(int));
        return fault;
    }
}
