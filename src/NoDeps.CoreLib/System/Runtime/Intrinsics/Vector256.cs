using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.Runtime.Intrinsics;

[Intrinsic]
[StructLayout(LayoutKind.Sequential, Size = 32)]
public readonly struct Vector256<T>
{
#pragma warning disable CS0169 // the fields only give the size
    private readonly Vector128<T> _lower;
    private readonly Vector128<T> _upper;
#pragma warning restore CS0169

    public static Vector256<T> Zero
    {
        [Intrinsic]
        get => Zero;
    }
}

public static class Vector256
{
    public static bool IsHardwareAccelerated
    {
        [Intrinsic]
        get => IsHardwareAccelerated;
    }

    [Intrinsic]
    public static Vector256<byte> Create(byte value) => Create(value);

    [Intrinsic]
    public static Vector256<sbyte> Create(sbyte value) => Create(value);

    [Intrinsic]
    public static Vector256<short> Create(short value) => Create(value);

    [Intrinsic]
    public static Vector256<ushort> Create(ushort value) => Create(value);

    [Intrinsic]
    public static Vector256<int> Create(int value) => Create(value);

    [Intrinsic]
    public static Vector256<uint> Create(uint value) => Create(value);

    [Intrinsic]
    public static Vector256<long> Create(long value) => Create(value);

    [Intrinsic]
    public static Vector256<ulong> Create(ulong value) => Create(value);

    [Intrinsic]
    public static Vector256<float> Create(float value) => Create(value);

    [Intrinsic]
    public static Vector256<double> Create(double value) => Create(value);

    [Intrinsic]
    public static Vector256<TTo> As<TFrom, TTo>(this Vector256<TFrom> vector) => As<TFrom, TTo>(vector);

    [Intrinsic]
    public static Vector256<byte> AsByte<T>(this Vector256<T> vector) => AsByte(vector);

    [Intrinsic]
    public static Vector256<sbyte> AsSByte<T>(this Vector256<T> vector) => AsSByte(vector);

    [Intrinsic]
    public static Vector256<short> AsInt16<T>(this Vector256<T> vector) => AsInt16(vector);

    [Intrinsic]
    public static Vector256<int> AsInt32<T>(this Vector256<T> vector) => AsInt32(vector);

    [Intrinsic]
    public static Vector256<uint> AsUInt32<T>(this Vector256<T> vector) => AsUInt32(vector);

    [Intrinsic]
    public static Vector256<long> AsInt64<T>(this Vector256<T> vector) => AsInt64(vector);

    [Intrinsic]
    public static Vector256<ulong> AsUInt64<T>(this Vector256<T> vector) => AsUInt64(vector);

    [Intrinsic]
    public static Vector256<float> AsSingle<T>(this Vector256<T> vector) => AsSingle(vector);

    [Intrinsic]
    public static Vector256<double> AsDouble<T>(this Vector256<T> vector) => AsDouble(vector);
}
