using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// A natural number of up to a few thousand bits, in limbs of 32 bits, the lowest first, in memory of the caller's. It
/// has just the operations that exact conversion between binary and decimal needs. Who hands in the limbs sees to it
/// that every result fits; one that does not is a bug, and ends in a failed bounds check.
/// </summary>
public ref struct BigNatural
{
    private readonly Span<uint> _limbs;
    private int _length;

    /// <summary>The number 0, with room for 32 · <paramref name="limbs"/>.Length bits.</summary>
    public BigNatural(Span<uint> limbs)
    {
        _limbs = limbs;
        _length = 0;
    }

    /// <summary>True for 0.</summary>
    public readonly bool IsZero => _length == 0;

    /// <summary>How many bits the number has, from its highest 1 to bit 0; 0 for 0.</summary>
    public readonly int BitLength
    {
        get
        {
            if (_length == 0) return 0;
            int bits = 32 * (_length - 1);
            for (uint top = _limbs[_length - 1]; top != 0; top >>= 1) bits++;
            return bits;
        }
    }

    /// <summary>Becomes <paramref name="value"/>.</summary>
    public void Set(ulong value)
    {
        _length = 0;
        for (; value != 0; value >>= 32) _limbs[_length++] = (uint)value;
    }

    /// <summary>Becomes itself · <paramref name="factor"/> + <paramref name="addend"/>.</summary>
    public void MultiplyAdd(uint factor, uint addend)
    {
        ulong carry = addend;
        for (int i = 0; i < _length; i++)
        {
            carry += (ulong)_limbs[i] * factor;
            _limbs[i] = (uint)carry;
            carry >>= 32;
        }
        if (carry != 0) _limbs[_length++] = (uint)carry;
    }

    /// <summary>Becomes itself · 5^<paramref name="exponent"/>, for an exponent of at least 0.</summary>
    public void MultiplyByPowerOf5(int exponent)
    {
        const uint FiveToThe13 = 1220703125;
        for (; exponent >= 13; exponent -= 13) MultiplyAdd(FiveToThe13, 0);
        for (; exponent > 0; exponent--) MultiplyAdd(5, 0);
    }

    /// <summary>Becomes itself · 2^<paramref name="bits"/>, for a number of bits of at least 0.</summary>
    public void ShiftLeft(int bits)
    {
        if (_length == 0 || bits == 0) return;
        int words = bits >> 5;
        int rest = bits & 31;
        uint spill = rest == 0 ? 0 : _limbs[_length - 1] >> (32 - rest);
        if (spill != 0) _limbs[_length + words] = spill;
        for (int i = _length - 1; i >= 0; i--)
        {
            uint below = rest == 0 || i == 0 ? 0 : _limbs[i - 1] >> (32 - rest);
            _limbs[i + words] = (_limbs[i] << rest) | below;
        }
        for (int i = 0; i < words; i++) _limbs[i] = 0;
        _length += words + (spill != 0 ? 1 : 0);
    }

    /// <summary>Becomes itself / <paramref name="divisor"/>, rounded down; returns the remainder.</summary>
    public uint Divide(uint divisor)
    {
        ulong remainder = 0;
        for (int i = _length - 1; i >= 0; i--)
        {
            ulong part = (remainder << 32) | _limbs[i];
            ulong quotient = part / divisor;
            _limbs[i] = (uint)quotient;
            remainder = part - quotient * divisor;
        }
        Trim();
        return (uint)remainder;
    }

    /// <summary>Becomes itself − <paramref name="other"/>, which is at most itself.</summary>
    public void Subtract(scoped in BigNatural other)
    {
        long borrow = 0;
        for (int i = 0; i < _length; i++)
        {
            borrow += _limbs[i];
            if (i < other._length) borrow -= other._limbs[i];
            _limbs[i] = (uint)borrow;
            borrow >>= 32;
        }
        Trim();
    }

    /// <summary>Negative, 0 or positive, as this number is below, equal to or above <paramref name="other"/>.</summary>
    public readonly int CompareTo(scoped in BigNatural other)
    {
        if (_length != other._length) return _length - other._length;
        for (int i = _length - 1; i >= 0; i--)
        {
            if (_limbs[i] != other._limbs[i]) return _limbs[i] < other._limbs[i] ? -1 : 1;
        }
        return 0;
    }

    /// <summary>
    /// Takes away and returns the bits from <paramref name="position"/> up, of which there are at most 32, for a
    /// position that is a multiple of 32: with the number read as a fraction below that position, its whole part.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint TakeAbove(int position)
    {
        int at = position >> 5;
        if (_length <= at) return 0;
        uint whole = _limbs[at];
        _length = at;
        Trim();
        return whole;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Trim()
    {
        while (_length > 0 && _limbs[_length - 1] == 0) _length--;
    }
}
