using System;

namespace NoDeps.Primitives;

/// <summary>bfloat16: the upper 16 bits of a single precision number, to and from single precision.</summary>
public static class BrainFloat
{
    /// <summary>The number that the 16 bits stand for: exact.</summary>
    public static float ToSingle(ushort brain) => BitConverter.UInt32BitsToSingle((uint)brain << 16);

    /// <summary>
    /// The nearest bfloat16, of two equally near ones the even one; what rounds beyond the largest becomes infinity. NaNs
    /// keep their sign and the upper part of their payload, and become quiet.
    /// </summary>
    public static ushort FromSingle(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if ((bits & 0x7FFFFFFF) > 0x7F800000) return (ushort)(bits >> 16 | 0x40);
        return (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}
