using System;

namespace NoDeps.Primitives;

/// <summary>
/// bfloat16, the upper 16 bits of a single-precision number: conversion to and from single precision.
/// </summary>
public static class BrainFloat
{
    /// <summary>The value of a bfloat16, exactly.</summary>
    public static float ToSingle(ushort brain) => BitConverter.UInt32BitsToSingle((uint)brain << 16);

    /// <summary>
    /// Rounds to the nearest bfloat16, ties to even; overflow gives infinity. A NaN keeps its sign and the upper part
    /// of its payload, and becomes quiet.
    /// </summary>
    public static ushort FromSingle(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if ((bits & 0x7FFFFFFF) > 0x7F800000) return (ushort)(bits >> 16 | 0x40);
        return (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}
