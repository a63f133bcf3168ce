using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Element type of a <see cref="NumericArray"/>, independent of the file format.</summary>
public enum NumericType : byte
{
    /// <summary>No type.</summary>
    None,
    /// <summary>One byte, 0 for false.</summary>
    Bool,
    /// <summary>Unsigned, 1 byte.</summary>
    UInt8,
    /// <summary>Signed, 1 byte.</summary>
    Int8,
    /// <summary>Unsigned, 2 bytes.</summary>
    UInt16,
    /// <summary>Signed, 2 bytes.</summary>
    Int16,
    /// <summary>Unsigned, 4 bytes.</summary>
    UInt32,
    /// <summary>Signed, 4 bytes.</summary>
    Int32,
    /// <summary>Unsigned, 8 bytes.</summary>
    UInt64,
    /// <summary>Signed, 8 bytes.</summary>
    Int64,
    /// <summary>IEEE 754 half precision.</summary>
    Float16,
    /// <summary>IEEE 754 single precision.</summary>
    Float32,
    /// <summary>IEEE 754 double precision.</summary>
    Float64,
}

/// <summary>Names and sizes of <see cref="NumericType"/>.</summary>
public static class NumericTypes
{
    /// <summary>Bytes per element; 0 for <see cref="NumericType.None"/>.</summary>
    public static int SizeOf(NumericType type) => type switch
    {
        NumericType.Bool or NumericType.UInt8 or NumericType.Int8 => 1,
        NumericType.UInt16 or NumericType.Int16 or NumericType.Float16 => 2,
        NumericType.UInt32 or NumericType.Int32 or NumericType.Float32 => 4,
        NumericType.UInt64 or NumericType.Int64 or NumericType.Float64 => 8,
        _ => 0,
    };

    /// <summary>Returns true for types whose values from 0 to 1 are scaled to pixels: floating-point types and Boolean.</summary>
    public static bool IsScaled(NumericType type) => type == NumericType.Bool || type >= NumericType.Float16;

    /// <summary>The NumPy name; empty for <see cref="NumericType.None"/>.</summary>
    public static ReadOnlySpan<byte> NameOf(NumericType type) => WordList.At(
        "bool uint8 int8 uint16 int16 uint32 int32 uint64 int64 float16 float32 float64"u8, type - NumericType.Bool);

    /// <summary>The equivalent of an IDX element type.</summary>
    public static NumericType Of(IdxType type) => type switch
    {
        IdxType.UInt8 => NumericType.UInt8,
        IdxType.Int8 => NumericType.Int8,
        IdxType.Int16 => NumericType.Int16,
        IdxType.Int32 => NumericType.Int32,
        IdxType.Float32 => NumericType.Float32,
        IdxType.Float64 => NumericType.Float64,
        _ => NumericType.None,
    };
}
