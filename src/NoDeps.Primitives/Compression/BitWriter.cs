using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// Writes a stream of bits, lowest first (RFC 1951 section 3.1.1). Writes up to eight bytes from <see cref="At"/> on at a
/// time, whatever their number, so the output needs that much room beyond its end.
/// </summary>
internal unsafe struct BitWriter
{
    /// <summary>Where the next whole byte goes.</summary>
    internal byte* At;
    private ulong _bits;
    private int _count;

    /// <summary>Bits in the unfinished byte.</summary>
    internal readonly int Pending => _count;

    /// <summary>Adds at most 56 bits; there are none above <paramref name="count"/> in <paramref name="bits"/>.</summary>
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

    /// <summary>Fills the unfinished byte, if there is one, with zeros.</summary>
    internal void Align() => Put(0, -_count & 7);
}
