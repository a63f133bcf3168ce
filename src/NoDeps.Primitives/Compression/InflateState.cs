using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// The state of <see cref="Inflate"/>. The low <see cref="Count"/> bits of <see cref="Bits"/> have been read from the
/// input but not used. The bits above them are either zero or equal to the next bits at <see cref="In"/>.
/// </summary>
internal unsafe struct InflateState
{
    internal byte* In;
    internal byte* InEnd;
    internal byte* Out;
    internal byte* OutStart;
    internal byte* OutEnd;
    internal ulong Bits;
    internal int Count;
    /// <summary>False to count the output only: its addresses then start from 0 and are never accessed.</summary>
    internal bool StoresOutput;
    /// <summary>True to update <see cref="Crc"/> after each block, while the block is in the cache.</summary>
    internal bool ComputesCrc;
    /// <summary>The CRC-32 of the blocks decoded so far.</summary>
    internal uint Crc;
    /// <summary>False to never enter the fast loop.</summary>
    internal bool Fast;
    /// <summary>Receives every step; may be null.</summary>
    internal InflateTrace Trace;

    /// <summary>The position in the stream of the next unused bit, from 0.</summary>
    internal readonly long BitPosition => (In - Trace.Start) * 8 - Count;

    /// <summary>Reports a step to the trace, if there is one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal readonly void Report(InflateStep step, int value)
    {
        if (Trace == null) return;
        Trace.Step = step;
        Trace.Value = value;
        Trace.Next = BitPosition;
        Trace.Report();
    }

    /// <summary>Reads whole bytes until at least 56 bits are available or the input ends.</summary>
    internal void Refill()
    {
        while (Count < 56 && In < InEnd)
        {
            Bits |= (ulong)*In++ << Count;
            Count += 8;
        }
    }

    /// <summary>Consumes that many of the available bits.</summary>
    internal void Drop(int bits)
    {
        Bits >>= bits;
        Count -= bits;
    }

    /// <summary>The next 0 to 31 bits, without consuming them.</summary>
    internal readonly uint Peek(int bits) => (uint)Bits & ((1u << bits) - 1);

    /// <summary>Refills, then reads at most 16 bits. Returns false if the input ends before that.</summary>
    internal bool TryRead(int bits, out uint value)
    {
        Refill();
        value = Peek(bits);
        if (Count < bits) return false;
        Drop(bits);
        return true;
    }
}
