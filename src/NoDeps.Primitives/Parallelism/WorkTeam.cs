namespace NoDeps.Primitives;

/// <summary>
/// A way to run independent pieces of work at once. The network is handed one and knows nothing of threads; the
/// platform layer makes one of real threads. What a piece computes may depend on its number only, never on which
/// worker runs it or when, so that results are the same for any number of workers.
/// </summary>
public abstract unsafe class WorkTeam
{
    /// <summary>How many workers run pieces at once, the caller included; at least 1.</summary>
    public abstract int Workers { get; }

    /// <summary>
    /// Calls <paramref name="body"/>(<paramref name="context"/>, i) once for every i from 0 to
    /// <paramref name="items"/> − 1, in any order, on any worker, and returns when all have returned. Everything
    /// written before the call is seen by the pieces, and everything they write is seen after it. Not re-entrant.
    /// </summary>
    public abstract void Run(delegate*<void*, int, void> body, void* context, int items);
}

/// <summary>
/// The team of one: runs the pieces on the caller's thread, in order, then in the next run backwards: what the one left in
/// the cache last the other begins with.
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
