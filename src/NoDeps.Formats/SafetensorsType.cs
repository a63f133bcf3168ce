using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Element type of a tensor in a safetensors file; little-endian.</summary>
public enum SafetensorsType : byte
{
    /// <summary>No type.</summary>
    None,
    /// <summary>One byte, 0 or 1.</summary>
    Bool,
    /// <summary>Unsigned, 1 byte.</summary>
    U8,
    /// <summary>Signed, 1 byte.</summary>
    I8,
    /// <summary>Signed, 2 bytes.</summary>
    I16,
    /// <summary>Signed, 4 bytes.</summary>
    I32,
    /// <summary>Signed, 8 bytes.</summary>
    I64,
    /// <summary>IEEE 754 half precision.</summary>
    F16,
    /// <summary>bfloat16: the upper half of a single precision number.</summary>
    BF16,
    /// <summary>IEEE 754 single precision.</summary>
    F32,
    /// <summary>IEEE 754 double precision.</summary>
    F64,
    /// <summary>Unsigned, 2 bytes.</summary>
    U16,
    /// <summary>Unsigned, 4 bytes.</summary>
    U32,
    /// <summary>Unsigned, 8 bytes.</summary>
    U64,
    /// <summary>One byte: 4 exponent bits, 3 fraction bits, no infinities.</summary>
    F8E4M3,
    /// <summary>One byte: 5 exponent bits, 2 fraction bits.</summary>
    F8E5M2,
    /// <summary>One byte: 8 exponent bits, a power of two.</summary>
    F8E8M0,
    /// <summary>As <see cref="F8E4M3"/>, without a negative zero.</summary>
    F8E4M3FNUZ,
    /// <summary>As <see cref="F8E5M2"/>, without infinities or a negative zero.</summary>
    F8E5M2FNUZ,
    /// <summary>Two single precision numbers: real and imaginary parts.</summary>
    C64,
}

/// <summary>Names and sizes of <see cref="SafetensorsType"/>.</summary>
public static class SafetensorsTypes
{
    /// <summary>Bytes per element; 0 for <see cref="SafetensorsType.None"/>.</summary>
    public static int SizeOf(SafetensorsType type) => type switch
    {
        SafetensorsType.Bool or SafetensorsType.U8 or SafetensorsType.I8 or SafetensorsType.F8E4M3 or
            SafetensorsType.F8E5M2 or SafetensorsType.F8E8M0 or SafetensorsType.F8E4M3FNUZ or SafetensorsType.F8E5M2FNUZ => 1,
        SafetensorsType.I16 or SafetensorsType.U16 or SafetensorsType.F16 or SafetensorsType.BF16 => 2,
        SafetensorsType.I32 or SafetensorsType.U32 or SafetensorsType.F32 => 4,
        SafetensorsType.I64 or SafetensorsType.U64 or SafetensorsType.F64 or SafetensorsType.C64 => 8,
        _ => 0,
    };

    /// <summary>The name used in the header; empty for <see cref="SafetensorsType.None"/>.</summary>
    public static ReadOnlySpan<byte> NameOf(SafetensorsType type) => WordList.At(Names, type - SafetensorsType.Bool);

    private static ReadOnlySpan<byte> Names =>
        "BOOL U8 I8 I16 I32 I64 F16 BF16 F32 F64 U16 U32 U64 F8_E4M3 F8_E5M2 F8_E8M0 F8_E4M3FNUZ F8_E5M2FNUZ C64"u8;

    /// <summary>The type with the given name (raw JSON text), or <see cref="SafetensorsType.None"/>.</summary>
    public static SafetensorsType Parse(ReadOnlySpan<byte> raw)
    {
        for (SafetensorsType type = SafetensorsType.Bool; type <= SafetensorsType.C64; type++)
            if (JsonText.EqualTo(raw, NameOf(type))) return type;
        return SafetensorsType.None;
    }
}
