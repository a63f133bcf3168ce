using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.Runtime.Intrinsics;

[Intrinsic]
[StructLayout(LayoutKind.Sequential, Size = 16)]
public readonly struct Vector128<T>
{
#pragma warning disable CS0169 // the fields only give the size
    private readonly ulong _00;
    private readonly ulong _01;
#pragma warning restore CS0169

    public static Vector128<T> Zero
    {
        [Intrinsic]
        get => Zero;
    }
}

public static class Vector128
{
    public static bool IsHardwareAccelerated
    {
        [Intrinsic]
        get => IsHardwareAccelerated;
    }

    [Intrinsic]
    public static Vector128<byte> Create(byte value) => Create(value);

    [Intrinsic]
    public static Vector128<sbyte> Create(sbyte value) => Create(value);

    [Intrinsic]
    public static Vector128<short> Create(short value) => Create(value);

    [Intrinsic]
    public static Vector128<ushort> Create(ushort value) => Create(value);

    [Intrinsic]
    public static Vector128<int> Create(int value) => Create(value);

    [Intrinsic]
    public static Vector128<uint> Create(uint value) => Create(value);

    [Intrinsic]
    public static Vector128<long> Create(long value) => Create(value);

    [Intrinsic]
    public static Vector128<ulong> Create(ulong value) => Create(value);

    [Intrinsic]
    public static Vector128<ulong> Create(ulong e0, ulong e1) => Create(e0, e1);

    [Intrinsic]
    public static Vector128<float> Create(float value) => Create(value);

    [Intrinsic]
    public static Vector128<double> Create(double value) => Create(value);

    [Intrinsic]
    public static Vector128<TTo> As<TFrom, TTo>(this Vector128<TFrom> vector) => As<TFrom, TTo>(vector);

    [Intrinsic]
    public static Vector128<byte> AsByte<T>(this Vector128<T> vector) => AsByte(vector);

    [Intrinsic]
    public static Vector128<short> AsInt16<T>(this Vector128<T> vector) => AsInt16(vector);

    [Intrinsic]
    public static Vector128<ushort> AsUInt16<T>(this Vector128<T> vector) => AsUInt16(vector);

    [Intrinsic]
    public static Vector128<int> AsInt32<T>(this Vector128<T> vector) => AsInt32(vector);

    [Intrinsic]
    public static Vector128<uint> AsUInt32<T>(this Vector128<T> vector) => AsUInt32(vector);

    [Intrinsic]
    public static Vector128<long> AsInt64<T>(this Vector128<T> vector) => AsInt64(vector);

    [Intrinsic]
    public static Vector128<ulong> AsUInt64<T>(this Vector128<T> vector) => AsUInt64(vector);

    [Intrinsic]
    public static Vector128<float> AsSingle<T>(this Vector128<T> vector) => AsSingle(vector);

    [Intrinsic]
    public static Vector128<double> AsDouble<T>(this Vector128<T> vector) => AsDouble(vector);
}
