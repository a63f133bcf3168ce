using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// Where <see cref="Inflate"/> stands. The bits already taken from the input and not yet used are the low
/// <see cref="Count"/> ones of <see cref="Bits"/>; any above repeat what <see cref="In"/> points to, or are zero.
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
    /// <summary>False: only count. The output addresses then start from 0 and are never touched.</summary>
    internal bool Stores;
    /// <summary>True: <see cref="Crc"/> is kept, block by block, while the block is in the cache.</summary>
    internal bool Sums;
    /// <summary>CRC-32 of the blocks decoded so far.</summary>
    internal uint Crc;
    /// <summary>False: never enter the fast loop.</summary>
    internal bool Fast;
    /// <summary>Receives every step; null where none is wanted.</summary>
    internal InflateTrace Trace;

    /// <summary>Position in the stream of the next unused bit, counted from its first bit.</summary>
    internal readonly long BitPosition => (In - Trace.Start) * 8 - Count;

    /// <summary>Reports a step where a trace is wanted.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal readonly void Report(InflateStep step, int value)
    {
        if (Trace == null) return;
        Trace.Step = step;
        Trace.Value = value;
        Trace.Next = BitPosition;
        Trace.Report();
    }

    /// <summary>Takes whole bytes until 56 bits are there or the input ends.</summary>
    internal void Refill()
    {
        while (Count < 56 && In < InEnd)
        {
            Bits |= (ulong)*In++ << Count;
            Count += 8;
        }
    }

    /// <summary>Drops the lowest bits, all of which must have been read.</summary>
    internal void Drop(int bits)
    {
        Bits >>= bits;
        Count -= bits;
    }

    /// <summary>The lowest bits, unused; 0 to 31.</summary>
    internal readonly uint Peek(int bits) => (uint)Bits & ((1u << bits) - 1);

    /// <summary>Refills, and reads that many bits (at most 16). False when the input ends before.</summary>
    internal bool TryRead(int bits, out uint value)
    {
        Refill();
        value = Peek(bits);
        if (Count < bits) return false;
        Drop(bits);
        return true;
    }
}
