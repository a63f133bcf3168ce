using System.Runtime.CompilerServices;

namespace NoDeps.Formats;

/// <summary>
/// SipHash-1-3 (J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", 2012), fed byte by byte. Without
/// the key, nobody can construct texts that collide.
/// </summary>
internal struct KeyedHash
{
    private ulong _v0, _v1, _v2, _v3;
    private ulong _word;
    private int _length;

    internal KeyedHash(ulong key0, ulong key1)
    {
        _v0 = key0 ^ 0x736F6D6570736575;
        _v1 = key1 ^ 0x646F72616E646F6D;
        _v2 = key0 ^ 0x6C7967656E657261;
        _v3 = key1 ^ 0x7465646279746573;
        _word = 0;
        _length = 0;
    }

    /// <summary>Appends a byte.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Add(byte b)
    {
        _word |= (ulong)b << (8 * (_length & 7));
        if ((++_length & 7) != 0) return;
        Mix(_word);
        _word = 0;
    }

    /// <summary>The hash of the bytes added; none may be added afterwards.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal ulong Finish()
    {
        Mix(_word | (ulong)_length << 56);
        _v2 ^= 0xFF;
        Round();
        Round();
        Round();
        return _v0 ^ _v1 ^ _v2 ^ _v3;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Mix(ulong word)
    {
        _v3 ^= word;
        Round();
        _v0 ^= word;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Round()
    {
        _v0 += _v1;
        _v1 = RotateLeft(_v1, 13) ^ _v0;
        _v0 = RotateLeft(_v0, 32);
        _v2 += _v3;
        _v3 = RotateLeft(_v3, 16) ^ _v2;
        _v0 += _v3;
        _v3 = RotateLeft(_v3, 21) ^ _v0;
        _v2 += _v1;
        _v1 = RotateLeft(_v1, 17) ^ _v2;
        _v2 = RotateLeft(_v2, 32);
    }

    private static ulong RotateLeft(ulong value, int by) => value << by | value >> (64 - by);
}
