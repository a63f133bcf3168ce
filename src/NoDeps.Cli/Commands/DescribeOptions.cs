using System;
using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps describe</c>.</summary>
internal ref struct DescribeOptions
{
    /// <summary>Empty to list all built-in networks.</summary>
    public ReadOnlySpan<byte> Network;
    /// <summary>0 for the recipe's batch size.</summary>
    public int Batch;
    public bool Json;

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref DescribeOptions options)
    {
        visitor.Operand("NAME|FILE"u8, OptionKind.NameOrFile, ref options.Network,
            "a built-in network, a description file or a saved model"u8, BuiltInNetworks.Names);
        visitor.AppliesIf(!options.Network.IsEmpty);
        visitor.Integer("batch"u8, 1, CommonOptions.MaxBatch, ref options.Batch, "images per training step; determines the memory"u8,
            "the recipe's"u8);
        visitor.Flag("json"u8, ref options.Json, "print one line of JSON per network"u8);
    }
}
