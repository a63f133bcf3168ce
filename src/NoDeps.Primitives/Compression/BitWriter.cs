using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// Writes a bit stream, lowest bit first (RFC 1951, section 3.1.1). Every write stores eight bytes at <see cref="At"/>,
/// so the output buffer needs that much space beyond its end.
/// </summary>
internal unsafe struct BitWriter
{
    /// <summary>The destination of the next whole byte.</summary>
    internal byte* At;
    private ulong _bits;
    private int _count;

    /// <summary>The number of bits in the incomplete byte.</summary>
    internal readonly int Pending => _count;

    /// <summary>
    /// Appends at most 56 bits. The bits from <paramref name="count"/> upward in <paramref name="bits"/> must be 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Put(ulong bits, int count)
    {
        _bits |= bits << _count;
        _count += count;
        Unsafe.WriteUnaligned(At, _bits);
        At += _count >> 3;
        _bits >>= _count & ~7;
        _count &= 7;
    }

    /// <summary>Pads the incomplete byte, if any, with zeros.</summary>
    internal void Align() => Put(0, -_count & 7);
}
