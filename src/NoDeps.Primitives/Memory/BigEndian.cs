using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// Big-endian numbers, as in IDX and PNG. Each function accesses the first bytes of its span, at any alignment. A span
/// that is too short is a bug and fails the bounds check.
/// </summary>
public static class BigEndian
{
    /// <summary>Reads an unsigned number from the first 2 bytes.</summary>
    public static ushort ReadUInt16(ReadOnlySpan<byte> source) => Order(Load<ushort>(source.Slice(0, 2)));

    /// <summary>Reads an unsigned number from the first 4 bytes.</summary>
    public static uint ReadUInt32(ReadOnlySpan<byte> source) => Order(Load<uint>(source.Slice(0, 4)));

    /// <summary>Reads an unsigned number from the first 8 bytes.</summary>
    public static ulong ReadUInt64(ReadOnlySpan<byte> source) => Order(Load<ulong>(source.Slice(0, 8)));

    /// <summary>Reads a two's complement number from the first 2 bytes.</summary>
    public static short ReadInt16(ReadOnlySpan<byte> source) => (short)ReadUInt16(source);

    /// <summary>Reads a two's complement number from the first 4 bytes.</summary>
    public static int ReadInt32(ReadOnlySpan<byte> source) => (int)ReadUInt32(source);

    /// <summary>Reads a two's complement number from the first 8 bytes.</summary>
    public static long ReadInt64(ReadOnlySpan<byte> source) => (long)ReadUInt64(source);

    /// <summary>Reads an IEEE 754 binary32 number from the first 4 bytes.</summary>
    public static float ReadSingle(ReadOnlySpan<byte> source) => BitConverter.UInt32BitsToSingle(ReadUInt32(source));

    /// <summary>Reads an IEEE 754 binary64 number from the first 8 bytes.</summary>
    public static double ReadDouble(ReadOnlySpan<byte> source) => BitConverter.UInt64BitsToDouble(ReadUInt64(source));

    /// <summary>Writes a number to the first 2 bytes.</summary>
    public static void WriteUInt16(Span<byte> destination, ushort value) =>
        Store(destination.Slice(0, 2), Order(value));

    /// <summary>Writes a number to the first 4 bytes.</summary>
    public static void WriteUInt32(Span<byte> destination, uint value) =>
        Store(destination.Slice(0, 4), Order(value));

    /// <summary>Writes a number to the first 8 bytes.</summary>
    public static void WriteUInt64(Span<byte> destination, ulong value) =>
        Store(destination.Slice(0, 8), Order(value));

    // All supported hosts are little-endian, so converting always means reversing.
    private static ushort Order(ushort value) => BinaryPrimitives.ReverseEndianness(value);

    private static uint Order(uint value) => BinaryPrimitives.ReverseEndianness(value);

    private static ulong Order(ulong value) => BinaryPrimitives.ReverseEndianness(value);

    private static T Load<T>(ReadOnlySpan<byte> source) where T : unmanaged =>
        Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetReference(source));

    private static void Store<T>(Span<byte> destination, T value) where T : unmanaged =>
        Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(destination), value);
}
