using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.Runtime.Intrinsics;

[Intrinsic]
[StructLayout(LayoutKind.Sequential, Size = 64)]
public readonly struct Vector512<T>
{
#pragma warning disable CS0169 // the fields only give the size
    private readonly Vector256<T> _lower;
    private readonly Vector256<T> _upper;
#pragma warning restore CS0169

    public static Vector512<T> Zero
    {
        [Intrinsic]
        get => Zero;
    }
}

public static class Vector512
{
    public static bool IsHardwareAccelerated
    {
        [Intrinsic]
        get => IsHardwareAccelerated;
    }

    [Intrinsic]
    public static Vector512<byte> Create(byte value) => Create(value);

    [Intrinsic]
    public static Vector512<sbyte> Create(sbyte value) => Create(value);

    [Intrinsic]
    public static Vector512<short> Create(short value) => Create(value);

    [Intrinsic]
    public static Vector512<ushort> Create(ushort value) => Create(value);

    [Intrinsic]
    public static Vector512<int> Create(int value) => Create(value);

    [Intrinsic]
    public static Vector512<uint> Create(uint value) => Create(value);

    [Intrinsic]
    public static Vector512<long> Create(long value) => Create(value);

    [Intrinsic]
    public static Vector512<ulong> Create(ulong value) => Create(value);

    [Intrinsic]
    public static Vector512<float> Create(float value) => Create(value);

    [Intrinsic]
    public static Vector512<double> Create(double value) => Create(value);

    [Intrinsic]
    public static Vector512<TTo> As<TFrom, TTo>(this Vector512<TFrom> vector) => As<TFrom, TTo>(vector);

    [Intrinsic]
    public static Vector512<byte> AsByte<T>(this Vector512<T> vector) => AsByte(vector);

    [Intrinsic]
    public static Vector512<short> AsInt16<T>(this Vector512<T> vector) => AsInt16(vector);

    [Intrinsic]
    public static Vector512<int> AsInt32<T>(this Vector512<T> vector) => AsInt32(vector);

    [Intrinsic]
    public static Vector512<uint> AsUInt32<T>(this Vector512<T> vector) => AsUInt32(vector);

    [Intrinsic]
    public static Vector512<long> AsInt64<T>(this Vector512<T> vector) => AsInt64(vector);

    [Intrinsic]
    public static Vector512<ulong> AsUInt64<T>(this Vector512<T> vector) => AsUInt64(vector);

    [Intrinsic]
    public static Vector512<float> AsSingle<T>(this Vector512<T> vector) => AsSingle(vector);

    [Intrinsic]
    public static Vector512<double> AsDouble<T>(this Vector512<T> vector) => AsDouble(vector);
}
