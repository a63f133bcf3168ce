using NoDeps.Primitives;

namespace NoDeps.Tests.Network;

/// <summary>
/// A team that claims several workers and runs the pieces one after another in a random order: whatever depends on
/// the order of the pieces shows itself.
/// </summary>
public sealed unsafe class ShuffledTeam(int workers, int seed) : WorkTeam
{
    private readonly Random _random = new(seed);

    /// <inheritdoc/>
    public override int Workers => workers;

    /// <inheritdoc/>
    public override void Run(delegate*<void*, int, void> body, void* context, int items)
    {
        int[] order = Enumerable.Range(0, items).ToArray();
        _random.Shuffle(order);
        foreach (int item in order)
            body(context, item);
    }
}
