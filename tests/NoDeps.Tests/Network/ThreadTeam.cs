using NoDeps.Primitives;

namespace NoDeps.Tests.Network;

/// <summary>A team of real threads: whoever is free takes the next piece, so that the division differs every time.
/// </summary>
public sealed unsafe class ThreadTeam(int workers) : WorkTeam
{
    /// <inheritdoc/>
    public override int Workers => workers;

    /// <inheritdoc/>
    public override void Run(delegate*<void*, int, void> body, void* context, int items)
    {
        nint function = (nint)body, argument = (nint)context;
        int next = -1;
        void Work()
        {
            int item;
            while ((item = Interlocked.Increment(ref next)) < items)
                ((delegate*<void*, int, void>)function)((void*)argument, item);
        }
        var helpers = Enumerable.Range(1, workers - 1).Select(_ => Task.Run(Work)).ToArray();
        Work();
        Task.WaitAll(helpers);
    }
}
