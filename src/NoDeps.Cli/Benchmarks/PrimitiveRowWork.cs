using System;

namespace NoDeps.Cli;

/// <summary>The work of a row of <c>bench primitives</c>.</summary>
internal abstract class PrimitiveRowWork : Work
{
    /// <summary>The checksum of a pass: the same in every correct implementation, given the same data.</summary>
    public ulong Result { get; protected set; }

    /// <summary>The number of operations in a pass.</summary>
    public int Items { get; protected set; }

    /// <summary>The unit of an operation, such as "byte".</summary>
    public abstract ReadOnlySpan<byte> Unit { get; }
}
