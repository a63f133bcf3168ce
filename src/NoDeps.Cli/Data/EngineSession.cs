using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Worker threads, an engine and the memory of both, all allocated once.</summary>
internal sealed unsafe class EngineSession
{
    private const int MinEvaluationBatch = 64;
    private const int MaxEvaluationBatch = 512;

    /// <summary>The batch size for evaluation: two tiles per worker, and no more, to save memory.</summary>
    public static int EvaluationBatch(int threads) =>
        Math.Min(Math.Max(2 * Lanes.Count * threads, MinEvaluationBatch), MaxEvaluationBatch);

    /// <summary>The network with its parameters.</summary>
    public Engine Engine;

    /// <summary>The worker threads.</summary>
    public WorkTeam Team;

    /// <summary>Memory for a permutation of the images.</summary>
    public int* Order;

    /// <summary>Creates the team and the engine, and allocates memory for a permutation of <paramref name="images"/>.</summary>
    public static Fault Create(NetworkDescription description, int batch, bool evaluationOnly, long images, int threads,
        InstructionSet isa, out EngineSession session, KernelForm form = KernelForm.Lanes,
        Augmentation augmentation = default, bool keepsAverage = false)
    {
        session = new EngineSession();
        Fault fault = ThreadTeam.Create(threads, out session.Team);
        if (!fault.IsNone) return fault;
        EngineOptions options = default;
        options.EvaluationOnly = evaluationOnly;
        options.Kernel = form;
        options.Augmentation = augmentation;
        options.KeepsAverage = keepsAverage;
        long engineBytes = Engine.BytesNeeded(description, batch, options);
        long needed = engineBytes + Arena.Alignment + images * sizeof(int);
        if (needed > MemoryLimit.Available(needed) || !Arena.Create(needed, out Arena arena).IsNone)
            return TooLarge(description, batch, options, needed);
        session.Engine = new Engine(description, batch, session.Team, IsaOption.Kernels(isa), options, arena.Allocate(engineBytes));
        session.Order = (int*)arena.Allocate(images * sizeof(int));
        return fault;
    }

    /// <summary>The fault that says how much memory is needed, and the largest batch, found by halving, that would fit.</summary>
    private static Fault TooLarge(NetworkDescription description, int batch, EngineOptions options, long needed)
    {
        Utf8Writer what = new(stackalloc byte[120]);
        what.Text("not enough memory: "u8);
        what.Fixed(needed / 1e6, 0);
        what.Text(" MB for "u8);
        what.Text(options.EvaluationOnly ? "evaluation"u8 : "training"u8);
        what.Text(" in batches of "u8);
        what.Integer(batch);
        Fault fault = Fault.Of(FaultKind.System, what.Written);
        for (int smaller = batch / 2; smaller > 0; smaller /= 2)
        {
            long bytes = Engine.BytesNeeded(description, smaller, options);
            if (bytes > MemoryLimit.Available(bytes) || !PageMemory.Take(bytes, out byte* memory).IsNone) continue;
            PageMemory.Return(memory, bytes);
            Utf8Writer hint = new(stackalloc byte[80]);
            hint.Text(options.EvaluationOnly ? "batches of "u8 : "--batch "u8);
            hint.Integer(smaller);
            hint.Text(options.EvaluationOnly ? " would fit"u8 : " fits"u8);
            return fault.WithHint(hint.Written);
        }
        return fault.WithHint("no batch fits: the network is too large for this machine"u8);
    }
}
