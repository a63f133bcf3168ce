using System;

namespace NoDeps.Primitives;

/// <summary>
/// IEEE 754 half precision (binary16: 5 exponent bits, 10 fraction bits): conversion to and from single precision. A
/// NaN keeps its sign and as much of its payload as fits, as with .NET's Half.
/// </summary>
public static class HalfPrecision
{
    private const uint SignBit = 0x8000;
    private const int FractionBits = 10;
    /// <summary>The number of fraction bits that single precision has beyond half precision.</summary>
    private const int Extra = 23 - FractionBits;
    /// <summary>The exponent bias of single precision minus that of half precision.</summary>
    private const int BiasDifference = 127 - 15;

    /// <summary>The value of a half-precision number, exactly.</summary>
    public static float ToSingle(ushort half)
    {
        uint sign = (half & SignBit) << 16;
        uint exponent = (uint)half >> FractionBits & 0x1F, fraction = half & 0x3FFu;
        if (exponent == 0x1F)
            return BitConverter.UInt32BitsToSingle(sign | (fraction == 0 ? 0x7F800000u : 0x7FC00000u | fraction << Extra));
        if (exponent != 0) return BitConverter.UInt32BitsToSingle(sign | (exponent + BiasDifference) << 23 | fraction << Extra);
        // A zero or subnormal number: a multiple of 2^−24.
        float magnitude = fraction * (1f / (1 << 24));
        return BitConverter.UInt32BitsToSingle(sign | BitConverter.SingleToUInt32Bits(magnitude));
    }

    /// <summary>Rounds to the nearest half-precision number, ties to even; infinity from 65520 up.</summary>
    public static ushort FromSingle(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint sign = bits >> 16 & SignBit, magnitude = bits & 0x7FFFFFFF;
        if (magnitude > 0x7F800000) return (ushort)(sign | 0x7E00 | magnitude >> Extra & 0x3FF);
        if (magnitude >= 0x477FF000) return (ushort)(sign | 0x7C00);
        int exponent = (int)(magnitude >> 23) - BiasDifference;
        if (exponent > 0) return (ushort)(sign | Rounded(magnitude - ((uint)BiasDifference << 23), Extra));
        // Below 2^−14 the result is a multiple of 2^−24: the significand, with its leading one, shifted right.
        int shift = Extra + 1 - exponent;
        if (shift > 24) return (ushort)sign;
        return (ushort)(sign | Rounded(magnitude & 0x7FFFFF | 0x800000, shift));
    }

    /// <paramref name="number"/>/ 2^<paramref name="bits"/>, rounded to nearest, ties to even.</param>
    private static uint Rounded(uint number, int bits)
    {
        uint quotient = number >> bits;
        return (number + ((1u << (bits - 1)) - 1) + (quotient & 1)) >> bits;
    }
}
