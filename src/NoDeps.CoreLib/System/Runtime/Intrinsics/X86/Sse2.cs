using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Sse2 : Sse
{
    internal Sse2()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static Vector128<byte> LoadVector128(byte* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(byte* address, Vector128<byte> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<ushort> LoadVector128(ushort* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(ushort* address, Vector128<ushort> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<int> LoadVector128(int* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(int* address, Vector128<int> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<uint> LoadVector128(uint* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(uint* address, Vector128<uint> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<ulong> LoadVector128(ulong* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(ulong* address, Vector128<ulong> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<double> LoadVector128(double* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(double* address, Vector128<double> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<byte> UnpackLow(Vector128<byte> left, Vector128<byte> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector128<byte> UnpackHigh(Vector128<byte> left, Vector128<byte> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector128<short> UnpackLow(Vector128<short> left, Vector128<short> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector128<short> UnpackHigh(Vector128<short> left, Vector128<short> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector128<int> UnpackLow(Vector128<int> left, Vector128<int> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector128<int> UnpackHigh(Vector128<int> left, Vector128<int> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector128<long> UnpackLow(Vector128<long> left, Vector128<long> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector128<long> UnpackHigh(Vector128<long> left, Vector128<long> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector128<byte> And(Vector128<byte> left, Vector128<byte> right) => And(left, right);

    [Intrinsic]
    public static Vector128<byte> Or(Vector128<byte> left, Vector128<byte> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<byte> Xor(Vector128<byte> left, Vector128<byte> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<int> And(Vector128<int> left, Vector128<int> right) => And(left, right);

    [Intrinsic]
    public static Vector128<int> Or(Vector128<int> left, Vector128<int> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<int> Xor(Vector128<int> left, Vector128<int> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<ulong> And(Vector128<ulong> left, Vector128<ulong> right) => And(left, right);

    [Intrinsic]
    public static Vector128<ulong> Or(Vector128<ulong> left, Vector128<ulong> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<ulong> Xor(Vector128<ulong> left, Vector128<ulong> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<byte> Add(Vector128<byte> left, Vector128<byte> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<byte> Subtract(Vector128<byte> left, Vector128<byte> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<byte> SubtractSaturate(Vector128<byte> left, Vector128<byte> right) => SubtractSaturate(left, right);

    [Intrinsic]
    public static Vector128<byte> Average(Vector128<byte> left, Vector128<byte> right) => Average(left, right);

    [Intrinsic]
    public static Vector128<byte> Min(Vector128<byte> left, Vector128<byte> right) => Min(left, right);

    [Intrinsic]
    public static Vector128<byte> AndNot(Vector128<byte> left, Vector128<byte> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<byte> CompareEqual(Vector128<byte> left, Vector128<byte> right) =>
        CompareEqual(left, right);

    [Intrinsic]
    public static Vector128<int> Add(Vector128<int> left, Vector128<int> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<int> Subtract(Vector128<int> left, Vector128<int> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<int> CompareEqual(Vector128<int> left, Vector128<int> right) => CompareEqual(left, right);

    [Intrinsic]
    public static int MoveMask(Vector128<byte> value) => MoveMask(value);

    [Intrinsic]
    public static Vector128<float> ConvertToVector128Single(Vector128<int> value) => ConvertToVector128Single(value);

    [Intrinsic]
    public static Vector128<int> ConvertToVector128Int32(Vector128<float> value) => ConvertToVector128Int32(value);

    [Intrinsic]
    public static Vector128<byte> ShiftRightLogical128BitLane(Vector128<byte> value, byte numBytes) =>
        ShiftRightLogical128BitLane(value, numBytes);

    [Intrinsic]
    public static Vector128<byte> ShiftLeftLogical128BitLane(Vector128<byte> value, byte numBytes) =>
        ShiftLeftLogical128BitLane(value, numBytes);

    [Intrinsic]
    public static Vector128<int> ShiftRightLogical128BitLane(Vector128<int> value, byte numBytes) =>
        ShiftRightLogical128BitLane(value, numBytes);

    [Intrinsic]
    public static Vector128<int> ShiftLeftLogical128BitLane(Vector128<int> value, byte numBytes) =>
        ShiftLeftLogical128BitLane(value, numBytes);

    [Intrinsic]
    public static Vector128<ulong> ShiftRightLogical128BitLane(Vector128<ulong> value, byte numBytes) =>
        ShiftRightLogical128BitLane(value, numBytes);

    [Intrinsic]
    public static Vector128<ulong> ShiftLeftLogical128BitLane(Vector128<ulong> value, byte numBytes) =>
        ShiftLeftLogical128BitLane(value, numBytes);

    [Intrinsic]
    public static Vector128<ulong> Multiply(Vector128<uint> left, Vector128<uint> right) => Multiply(left, right);

    [Intrinsic]
    public static Vector128<ushort> MultiplyHigh(Vector128<ushort> left, Vector128<ushort> right) => MultiplyHigh(left, right);

    [Intrinsic]
    public static Vector128<ushort> MultiplyLow(Vector128<ushort> left, Vector128<ushort> right) => MultiplyLow(left, right);

    [Intrinsic]
    public static Vector128<ulong> Add(Vector128<ulong> left, Vector128<ulong> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<ulong> Subtract(Vector128<ulong> left, Vector128<ulong> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<ushort> Add(Vector128<ushort> left, Vector128<ushort> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<ushort> Subtract(Vector128<ushort> left, Vector128<ushort> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<ushort> Or(Vector128<ushort> left, Vector128<ushort> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<ulong> ShiftLeftLogical(Vector128<ulong> value, byte count) => ShiftLeftLogical(value, count);

    [Intrinsic]
    public static Vector128<uint> ShiftLeftLogical(Vector128<uint> value, byte count) => ShiftLeftLogical(value, count);

    [Intrinsic]
    public static Vector128<ushort> ShiftLeftLogical(Vector128<ushort> value, byte count) => ShiftLeftLogical(value, count);

    [Intrinsic]
    public static Vector128<ulong> ShiftRightLogical(Vector128<ulong> value, byte count) => ShiftRightLogical(value, count);

    [Intrinsic]
    public static Vector128<ushort> ShiftRightLogical(Vector128<ushort> value, byte count) => ShiftRightLogical(value, count);

    [Intrinsic]
    public static Vector128<int> Shuffle(Vector128<int> value, byte control) => Shuffle(value, control);

    [Intrinsic]
    public new abstract class X64 : Sse.X64
    {
        internal X64()
        {
        }

        public static new bool IsSupported
        {
            [Intrinsic]
            get => IsSupported;
        }

        [Intrinsic]
        public static ulong ConvertToUInt64(Vector128<ulong> value) => ConvertToUInt64(value);

        [Intrinsic]
        public static Vector128<ulong> ConvertScalarToVector128UInt64(ulong value) =>
            ConvertScalarToVector128UInt64(value);
    }
}
