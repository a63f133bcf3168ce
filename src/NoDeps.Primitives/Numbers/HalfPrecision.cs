using System;

namespace NoDeps.Primitives;

/// <summary>
/// IEEE 754 half precision (binary16: 5 exponent bits, 10 fraction bits) as 16 bits, to and from single precision. NaNs
/// keep their sign and as much of their payload as fits, as .NET's Half does it.
/// </summary>
public static class HalfPrecision
{
    private const uint SignBit = 0x8000;
    private const int FractionBits = 10;
    /// <summary>Fraction bits of single precision beyond those of half precision.</summary>
    private const int Extra = 23 - FractionBits;
    /// <summary>Exponent bias of single precision less that of half precision.</summary>
    private const int BiasDifference = 127 - 15;

    /// <summary>The number that the 16 bits stand for: exact.</summary>
    public static float ToSingle(ushort half)
    {
        uint sign = (half & SignBit) << 16;
        uint exponent = (uint)half >> FractionBits & 0x1F, fraction = half & 0x3FFu;
        if (exponent == 0x1F)
            return BitConverter.UInt32BitsToSingle(sign | (fraction == 0 ? 0x7F800000u : 0x7FC00000u | fraction << Extra));
        if (exponent != 0) return BitConverter.UInt32BitsToSingle(sign | (exponent + BiasDifference) << 23 | fraction << Extra);
        // Zero or subnormal: a multiple of 2^-24.
        float magnitude = fraction * (1f / (1 << 24));
        return BitConverter.UInt32BitsToSingle(sign | BitConverter.SingleToUInt32Bits(magnitude));
    }

    /// <summary>The nearest half precision number, of two equally near ones the even one; infinity from 65520 on.</summary>
    public static ushort FromSingle(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint sign = bits >> 16 & SignBit, magnitude = bits & 0x7FFFFFFF;
        if (magnitude > 0x7F800000) return (ushort)(sign | 0x7E00 | magnitude >> Extra & 0x3FF);
        if (magnitude >= 0x477FF000) return (ushort)(sign | 0x7C00);
        int exponent = (int)(magnitude >> 23) - BiasDifference;
        if (exponent > 0) return (ushort)(sign | Rounded(magnitude - ((uint)BiasDifference << 23), Extra));
        // Below 2^-14, the result counts multiples of 2^-24: the significand with its leading one, shifted.
        int shift = Extra + 1 - exponent;
        if (shift > 24) return (ushort)sign;
        return (ushort)(sign | Rounded(magnitude & 0x7FFFFF | 0x800000, shift));
    }

    /// <summary>A number over 2^<paramref name="bits"/>, rounded to nearest, ties to even.</summary>
    private static uint Rounded(uint number, int bits)
    {
        uint quotient = number >> bits;
        return (number + ((1u << (bits - 1)) - 1) + (quotient & 1)) >> bits;
    }
}
