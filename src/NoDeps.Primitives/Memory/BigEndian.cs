using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Numbers whose most significant byte comes first, as in IDX and PNG. Each function works on the first bytes of its
/// span and needs no alignment; a span too short is a bug, and fails the bounds check.
/// </summary>
public static class BigEndian
{
    /// <summary>The number in the first 2 bytes.</summary>
    public static ushort ReadUInt16(ReadOnlySpan<byte> source) => Order(Load<ushort>(source.Slice(0, 2)));

    /// <summary>The number in the first 4 bytes.</summary>
    public static uint ReadUInt32(ReadOnlySpan<byte> source) => Order(Load<uint>(source.Slice(0, 4)));

    /// <summary>The number in the first 8 bytes.</summary>
    public static ulong ReadUInt64(ReadOnlySpan<byte> source) => Order(Load<ulong>(source.Slice(0, 8)));

    /// <summary>The two's complement number in the first 2 bytes.</summary>
    public static short ReadInt16(ReadOnlySpan<byte> source) => (short)ReadUInt16(source);

    /// <summary>The two's complement number in the first 4 bytes.</summary>
    public static int ReadInt32(ReadOnlySpan<byte> source) => (int)ReadUInt32(source);

    /// <summary>The two's complement number in the first 8 bytes.</summary>
    public static long ReadInt64(ReadOnlySpan<byte> source) => (long)ReadUInt64(source);

    /// <summary>The IEEE 754 binary32 number in the first 4 bytes.</summary>
    public static float ReadSingle(ReadOnlySpan<byte> source) => BitConverter.UInt32BitsToSingle(ReadUInt32(source));

    /// <summary>The IEEE 754 binary64 number in the first 8 bytes.</summary>
    public static double ReadDouble(ReadOnlySpan<byte> source) => BitConverter.UInt64BitsToDouble(ReadUInt64(source));

    /// <summary>Writes the first 2 bytes.</summary>
    public static void WriteUInt16(Span<byte> destination, ushort value) =>
        Store(destination.Slice(0, 2), Order(value));

    /// <summary>Writes the first 4 bytes.</summary>
    public static void WriteUInt32(Span<byte> destination, uint value) =>
        Store(destination.Slice(0, 4), Order(value));

    /// <summary>Writes the first 8 bytes.</summary>
    public static void WriteUInt64(Span<byte> destination, ulong value) =>
        Store(destination.Slice(0, 8), Order(value));

    // Every host of this program is little-endian.
    private static ushort Order(ushort value) => BinaryPrimitives.ReverseEndianness(value);

    private static uint Order(uint value) => BinaryPrimitives.ReverseEndianness(value);

    private static ulong Order(ulong value) => BinaryPrimitives.ReverseEndianness(value);

    private static T Load<T>(ReadOnlySpan<byte> source) where T : unmanaged =>
        Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetReference(source));

    private static void Store<T>(Span<byte> destination, T value) where T : unmanaged =>
        Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(destination), value);
}
