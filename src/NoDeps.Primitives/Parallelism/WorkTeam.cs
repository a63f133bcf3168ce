namespace NoDeps.Primitives;

/// <summary>
/// Runs independent work items in parallel. The network is given a team and knows nothing of threads; the platform
/// layer implements it with real ones. The result of an item may depend only on its index, never on which worker runs
/// it or when, so that results are the same for any number of workers.
/// </summary>
public abstract unsafe class WorkTeam
{
    /// <summary>The number of workers that run items in parallel, including the caller; at least 1.</summary>
    public abstract int Workers { get; }

    /// <summary>
    /// Calls <paramref name="body"/>(<paramref name="context"/>, i) once for every i from 0 to <paramref name="items"/>
    /// − 1, in any order and on any worker, and returns when all calls have returned. All writes before the call are
    /// visible to the items, and all their writes are visible after it. Not reentrant.
    /// </summary>
    public abstract void Run(delegate*<void*, int, void> body, void* context, int items);
}

/// <summary>
/// A team of one worker: runs the items on the caller's thread. Consecutive runs alternate between ascending and
/// descending order, so that a run starts with what the previous one left in the cache.
/// </summary>
public sealed unsafe class SerialTeam : WorkTeam
{
    private bool _backwards;

    /// <inheritdoc/>
    public override int Workers => 1;

    /// <inheritdoc/>
    public override void Run(delegate*<void*, int, void> body, void* context, int items)
    {
        _backwards = !_backwards;
        for (int i = 0; i < items; i++) body(context, _backwards ? items - 1 - i : i);
    }
}
