using System.Runtime.CompilerServices;

namespace System.Buffers.Binary;

public static class BinaryPrimitives
{
    [Intrinsic]
    public static ushort ReverseEndianness(ushort value) => (ushort)((value >> 8) | (value << 8));

    [Intrinsic]
    public static uint ReverseEndianness(uint value) => ReverseEndianness(value);

    [Intrinsic]
    public static ulong ReverseEndianness(ulong value) => ReverseEndianness(value);

    [Intrinsic]
    public static int ReverseEndianness(int value) => ReverseEndianness(value);

    [Intrinsic]
    public static long ReverseEndianness(long value) => ReverseEndianness(value);
}
