using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace System.Numerics;

public static class BitOperations
{
    public static int LeadingZeroCount(uint value) => (int)Lzcnt.LeadingZeroCount(value);

    public static int LeadingZeroCount(ulong value) => (int)Lzcnt.X64.LeadingZeroCount(value);

    public static int TrailingZeroCount(int value) => (int)Bmi1.TrailingZeroCount((uint)value);

    public static int TrailingZeroCount(uint value) => (int)Bmi1.TrailingZeroCount(value);

    public static int TrailingZeroCount(long value) => (int)Bmi1.X64.TrailingZeroCount((ulong)value);

    public static int TrailingZeroCount(ulong value) => (int)Bmi1.X64.TrailingZeroCount(value);

    public static int PopCount(uint value) => (int)Popcnt.PopCount(value);

    public static int PopCount(ulong value) => (int)Popcnt.X64.PopCount(value);

    public static int Log2(uint value) => 31 - LeadingZeroCount(value | 1);

    public static int Log2(ulong value) => 63 - LeadingZeroCount(value | 1);

    public static bool IsPow2(int value) => (value & (value - 1)) == 0 && value > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateLeft(uint value, int offset) => (value << offset) | (value >> (32 - offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateLeft(ulong value, int offset) => (value << offset) | (value >> (64 - offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateRight(uint value, int offset) => (value >> offset) | (value << (32 - offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateRight(ulong value, int offset) => (value >> offset) | (value << (64 - offset));
}
