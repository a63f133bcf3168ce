using NoDeps.Primitives;

namespace NoDeps.Tests.Network;

/// <summary>A different team of workers a seed: serial, real threads, reversed, shuffled.</summary>
public static class Teams
{
    /// <summary>The number of different teams.</summary>
    public const int Count = 6;

    /// <summary>The team of a seed.</summary>
    public static WorkTeam Of(int seed) => (seed % Count) switch
    {
        0 => new SerialTeam(),
        1 => new ThreadTeam(2),
        2 => new ReversedTeam(),
        3 => new ShuffledTeam(2, seed),
        4 => new ThreadTeam(3),
        _ => new ShuffledTeam(7, seed),
    };
}
