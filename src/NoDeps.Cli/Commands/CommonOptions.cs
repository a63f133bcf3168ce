using System;
using NoDeps.Network;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Options with the same meaning in several commands.</summary>
internal static class CommonOptions
{
    /// <summary>Largest batch.</summary>
    public const int MaxBatch = 65_536;
    /// <summary>Most epochs.</summary>
    public const int MaxEpochs = 100_000;
    /// <summary>Largest number of threads.</summary>
    public const int MaxThreads = 1024;

    /// <summary>The default number of threads.</summary>
    public static int DefaultThreads => Math.Min(Processors.Count(), MaxThreads);

    /// <summary><c>--threads N</c>.</summary>
    public static void Threads(ref OptionVisitor visitor, scoped ref int threads) =>
        visitor.Integer("threads"u8, 1, MaxThreads, ref threads, "number of threads; the result does not depend on it"u8,
            "one per available processor"u8);

    /// <summary><c>--net NAME|FILE</c>, of which pedestrian is the default.</summary>
    public static void Network(ref OptionVisitor visitor, scoped ref ReadOnlySpan<byte> network) =>
        visitor.NameOrFile("net"u8, BuiltInNetworks.Names, ref network, "a built-in network or a description file"u8, "pedestrian"u8);

    /// <summary><c>--seed N</c>.</summary>
    public static void Seed(ref OptionVisitor visitor, scoped ref long seed, ReadOnlySpan<byte> help) =>
        visitor.Integer("seed"u8, 0, long.MaxValue, ref seed, help);

    /// <summary><c>--tolerance X</c>.</summary>
    public static void Tolerance(ref OptionVisitor visitor, scoped ref double tolerance, ReadOnlySpan<byte> help) =>
        visitor.Number("tolerance"u8, 0, 1, ref tolerance, help);
}
