// The primitive types. ilc knows their sizes and arithmetic; declared here is only what C# code refers to by name.
using System.Runtime.CompilerServices;

namespace System;

public struct Void
{
}

public readonly struct Boolean
{
}

public readonly struct Char
{
}

public readonly struct SByte
{
    public const sbyte MaxValue = 127;
    public const sbyte MinValue = -128;
}

public readonly struct Byte : IEquatable<byte>
{
    private readonly byte m_value;

    public const byte MaxValue = 255;
    public const byte MinValue = 0;

    public bool Equals(byte obj) => m_value == obj;
}

public readonly struct Int16
{
    public const short MaxValue = 0x7FFF;
    public const short MinValue = unchecked((short)0x8000);
}

public readonly struct UInt16
{
    public const ushort MaxValue = 0xFFFF;
    public const ushort MinValue = 0;
}

public readonly struct Int32
{
    public const int MaxValue = 0x7FFFFFFF;
    public const int MinValue = unchecked((int)0x80000000);
}

public readonly struct UInt32
{
    public const uint MaxValue = 0xFFFFFFFF;
    public const uint MinValue = 0;
}

public readonly struct Int64
{
    public const long MaxValue = 0x7FFFFFFFFFFFFFFF;
    public const long MinValue = unchecked((long)0x8000000000000000);
}

public readonly struct UInt64
{
    public const ulong MaxValue = 0xFFFFFFFFFFFFFFFF;
    public const ulong MinValue = 0;
}

public readonly struct IntPtr
{
}

public readonly struct UIntPtr
{
}

public readonly struct Single
{
    public const float MinValue = -3.40282347E+38f;
    public const float MaxValue = 3.40282347E+38f;
    public const float Epsilon = 1.401298E-45f;
    public const float PositiveInfinity = 1.0f / 0.0f;
    public const float NegativeInfinity = -1.0f / 0.0f;
    public const float NaN = 0.0f / 0.0f;

    public static bool IsNaN(float f)
    {
#pragma warning disable CS1718 // only a NaN differs from itself
        return f != f;
#pragma warning restore CS1718
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(float f) => (BitConverter.SingleToUInt32Bits(f) & 0x7FFFFFFF) < 0x7F800000;

    public static bool IsInfinity(float f) => (BitConverter.SingleToUInt32Bits(f) & 0x7FFFFFFF) == 0x7F800000;

    public static bool IsNegative(float f) => BitConverter.SingleToInt32Bits(f) < 0;
}

public readonly struct Double
{
    public const double MinValue = -1.7976931348623157E+308;
    public const double MaxValue = 1.7976931348623157E+308;
    public const double Epsilon = 4.9406564584124654E-324;
    public const double PositiveInfinity = 1.0 / 0.0;
    public const double NegativeInfinity = -1.0 / 0.0;
    public const double NaN = 0.0 / 0.0;

    public static bool IsNaN(double d)
    {
#pragma warning disable CS1718 // only a NaN differs from itself
        return d != d;
#pragma warning restore CS1718
    }

    public static bool IsFinite(double d) => (BitConverter.DoubleToUInt64Bits(d) & 0x7FFFFFFFFFFFFFFF) < 0x7FF0000000000000;

    public static bool IsInfinity(double d) => (BitConverter.DoubleToUInt64Bits(d) & 0x7FFFFFFFFFFFFFFF) == 0x7FF0000000000000;

    public static bool IsNegative(double d) => BitConverter.DoubleToInt64Bits(d) < 0;
}
