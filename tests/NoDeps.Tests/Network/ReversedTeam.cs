using NoDeps.Primitives;

namespace NoDeps.Tests.Network;

/// <summary>A team of one that runs the pieces from the last to the first.</summary>
public sealed unsafe class ReversedTeam : WorkTeam
{
    /// <inheritdoc/>
    public override int Workers => 1;

    /// <inheritdoc/>
    public override void Run(delegate*<void*, int, void> body, void* context, int items)
    {
        for (int i = items - 1; i >= 0; i--)
            body(context, i);
    }
}
