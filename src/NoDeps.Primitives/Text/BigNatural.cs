using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// A natural number of up to a few thousand bits, in 32-bit limbs, lowest first, in a buffer of the caller. It has only
/// the operations that exact conversion between binary and decimal needs. The buffer must be large enough for every
/// result; a result that does not fit is a bug and fails a bounds check.
/// </summary>
public ref struct BigNatural
{
    private readonly Span<uint> _limbs;
    private int _length;

    /// <summary>The number 0, in a buffer for 32 · <paramref name="limbs"/>.Length bits.</summary>
    public BigNatural(Span<uint> limbs)
    {
        _limbs = limbs;
        _length = 0;
    }

    /// <summary>True for 0.</summary>
    public readonly bool IsZero => _length == 0;

    /// <summary>The number of bits from the highest 1 to bit 0; 0 for 0.</summary>
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

    /// <summary>Sets this number to <paramref name="value"/>.</summary>
    public void Set(ulong value)
    {
        _length = 0;
        for (; value != 0; value >>= 32) _limbs[_length++] = (uint)value;
    }

    /// <summary>Multiplies this number by <paramref name="factor"/>, then adds <paramref name="addend"/>.</summary>
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

    /// <summary>Multiplies this number by 5^<paramref name="exponent"/>, for an exponent of at least 0.</summary>
    public void MultiplyByPowerOf5(int exponent)
    {
        const uint FiveToThe13 = 1220703125;
        for (; exponent >= 13; exponent -= 13) MultiplyAdd(FiveToThe13, 0);
        for (; exponent > 0; exponent--) MultiplyAdd(5, 0);
    }

    /// <summary>
    /// Multiplies this number by 2^<paramref name="bits"/>, for <paramref name="bits"/> of at least 0.
    /// </summary>
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

    /// <summary>Divides this number by <paramref name="divisor"/>, rounding down, and returns the remainder.</summary>
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

    /// <summary>Subtracts <paramref name="other"/>, which must not exceed this number.</summary>
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

    /// <summary>
    /// Negative, 0 or positive if this number is less than, equal to or greater than <paramref name="other"/>.
    /// </summary>
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
    /// Removes and returns the bits from <paramref name="position"/> up, at most 32 of them, for a position that is a
    /// multiple of 32. If the bits below the position are a fraction, this is the integer part.
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
