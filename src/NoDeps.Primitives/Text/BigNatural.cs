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
    private readonly Span<uint> limbs;
    private int length;

    /// <summary>The number 0, with room for 32 · <paramref name="limbs"/>.Length bits.</summary>
    public BigNatural(Span<uint> limbs)
    {
        this.limbs = limbs;
        length = 0;
    }

    /// <summary>True for 0.</summary>
    public readonly bool IsZero => length == 0;

    /// <summary>How many bits the number has, from its highest 1 to bit 0; 0 for 0.</summary>
    public readonly int BitLength
    {
        get
        {
            if (length == 0) return 0;
            int bits = 32 * (length - 1);
            for (uint top = limbs[length - 1]; top != 0; top >>= 1) bits++;
            return bits;
        }
    }

    /// <summary>Becomes <paramref name="value"/>.</summary>
    public void Set(ulong value)
    {
        length = 0;
        for (; value != 0; value >>= 32) limbs[length++] = (uint)value;
    }

    /// <summary>Becomes itself · <paramref name="factor"/> + <paramref name="addend"/>.</summary>
    public void MultiplyAdd(uint factor, uint addend)
    {
        ulong carry = addend;
        for (int i = 0; i < length; i++)
        {
            carry += (ulong)limbs[i] * factor;
            limbs[i] = (uint)carry;
            carry >>= 32;
        }
        if (carry != 0) limbs[length++] = (uint)carry;
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
        if (length == 0 || bits == 0) return;
        int words = bits >> 5;
        int rest = bits & 31;
        uint spill = rest == 0 ? 0 : limbs[length - 1] >> (32 - rest);
        if (spill != 0) limbs[length + words] = spill;
        for (int i = length - 1; i >= 0; i--)
        {
            uint below = rest == 0 || i == 0 ? 0 : limbs[i - 1] >> (32 - rest);
            limbs[i + words] = (limbs[i] << rest) | below;
        }
        for (int i = 0; i < words; i++) limbs[i] = 0;
        length += words + (spill != 0 ? 1 : 0);
    }

    /// <summary>Becomes itself / <paramref name="divisor"/>, rounded down; returns the remainder.</summary>
    public uint Divide(uint divisor)
    {
        ulong remainder = 0;
        for (int i = length - 1; i >= 0; i--)
        {
            ulong part = (remainder << 32) | limbs[i];
            ulong quotient = part / divisor;
            limbs[i] = (uint)quotient;
            remainder = part - quotient * divisor;
        }
        Trim();
        return (uint)remainder;
    }

    /// <summary>Becomes itself − <paramref name="other"/>, which is at most itself.</summary>
    public void Subtract(scoped in BigNatural other)
    {
        long borrow = 0;
        for (int i = 0; i < length; i++)
        {
            borrow += limbs[i];
            if (i < other.length) borrow -= other.limbs[i];
            limbs[i] = (uint)borrow;
            borrow >>= 32;
        }
        Trim();
    }

    /// <summary>Negative, 0 or positive, as this number is below, equal to or above <paramref name="other"/>.</summary>
    public readonly int CompareTo(scoped in BigNatural other)
    {
        if (length != other.length) return length - other.length;
        for (int i = length - 1; i >= 0; i--)
        {
            if (limbs[i] != other.limbs[i]) return limbs[i] < other.limbs[i] ? -1 : 1;
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
        if (length <= at) return 0;
        uint whole = limbs[at];
        length = at;
        Trim();
        return whole;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Trim()
    {
        while (length > 0 && limbs[length - 1] == 0) length--;
    }
}
