using System;

namespace NoDeps.Cli;

/// <summary>The work of a row of <c>bench primitives</c>.</summary>
internal abstract class PrimitiveRowWork : Work
{
    /// <summary>What a pass comes to: the same wherever the same data is worked on correctly.</summary>
    public ulong Result { get; protected set; }

    /// <summary>How many pieces of work a pass has.</summary>
    public int Items { get; protected set; }

    /// <summary>What these pieces are.</summary>
    public abstract ReadOnlySpan<byte> Unit { get; }
}
