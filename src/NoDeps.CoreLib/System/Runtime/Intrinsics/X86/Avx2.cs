using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Avx2 : Avx
{
    internal Avx2()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static Vector256<byte> UnpackLow(Vector256<byte> left, Vector256<byte> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector256<byte> UnpackHigh(Vector256<byte> left, Vector256<byte> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector256<byte> And(Vector256<byte> left, Vector256<byte> right) => And(left, right);

    [Intrinsic]
    public static Vector256<byte> Or(Vector256<byte> left, Vector256<byte> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<byte> Xor(Vector256<byte> left, Vector256<byte> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<int> UnpackLow(Vector256<int> left, Vector256<int> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector256<int> UnpackHigh(Vector256<int> left, Vector256<int> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector256<int> And(Vector256<int> left, Vector256<int> right) => And(left, right);

    [Intrinsic]
    public static Vector256<int> Or(Vector256<int> left, Vector256<int> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<int> Xor(Vector256<int> left, Vector256<int> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<long> UnpackLow(Vector256<long> left, Vector256<long> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector256<long> UnpackHigh(Vector256<long> left, Vector256<long> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector256<long> And(Vector256<long> left, Vector256<long> right) => And(left, right);

    [Intrinsic]
    public static Vector256<long> Or(Vector256<long> left, Vector256<long> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<long> Xor(Vector256<long> left, Vector256<long> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<byte> Add(Vector256<byte> left, Vector256<byte> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<byte> Subtract(Vector256<byte> left, Vector256<byte> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<byte> CompareEqual(Vector256<byte> left, Vector256<byte> right) =>
        CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<int> Add(Vector256<int> left, Vector256<int> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<int> Subtract(Vector256<int> left, Vector256<int> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<int> CompareEqual(Vector256<int> left, Vector256<int> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<int> CompareGreaterThan(Vector256<int> left, Vector256<int> right) =>
        CompareGreaterThan(left, right);

    [Intrinsic]
    public static Vector256<ushort> SumAbsoluteDifferences(Vector256<byte> left, Vector256<byte> right) =>
        SumAbsoluteDifferences(left, right);

    [Intrinsic]
    public static Vector256<short> MultiplyAddAdjacent(Vector256<byte> left, Vector256<sbyte> right) =>
        MultiplyAddAdjacent(left, right);

    [Intrinsic]
    public static Vector256<int> MultiplyAddAdjacent(Vector256<short> left, Vector256<short> right) =>
        MultiplyAddAdjacent(left, right);

    [Intrinsic]
    public static Vector256<byte> Min(Vector256<byte> left, Vector256<byte> right) => Min(left, right);

    [Intrinsic]
    public static Vector256<byte> SubtractSaturate(Vector256<byte> left, Vector256<byte> right) =>
        SubtractSaturate(left, right);

    [Intrinsic]
    public static Vector256<double> Permute4x64(Vector256<double> value, byte control) => Permute4x64(value, control);

    [Intrinsic]
    public static Vector256<byte> Shuffle(Vector256<byte> value, Vector256<byte> mask) => Shuffle(value, mask);

    [Intrinsic]
    public static Vector256<byte> BroadcastVector128ToVector256(byte* address) =>
        BroadcastVector128ToVector256(address);

    [Intrinsic]
    public static int MoveMask(Vector256<byte> value) => MoveMask(value);

    [Intrinsic]
    public static Vector256<int> ConvertToVector256Int32(Vector128<byte> value) => ConvertToVector256Int32(value);

    [Intrinsic]
    public static Vector256<int> ConvertToVector256Int32(byte* address) => ConvertToVector256Int32(address);

    [Intrinsic]
    public static Vector256<int> ShiftLeftLogical(Vector256<int> value, byte count) => ShiftLeftLogical(value, count);

    [Intrinsic]
    public static Vector256<ulong> ShiftLeftLogical(Vector256<ulong> value, byte count) => ShiftLeftLogical(value, count);

    [Intrinsic]
    public static Vector256<ulong> ShiftRightLogical(Vector256<ulong> value, byte count) => ShiftRightLogical(value, count);

    [Intrinsic]
    public static Vector256<ulong> Add(Vector256<ulong> left, Vector256<ulong> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<ulong> Xor(Vector256<ulong> left, Vector256<ulong> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<ulong> UnpackLow(Vector256<ulong> left, Vector256<ulong> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector256<ulong> UnpackHigh(Vector256<ulong> left, Vector256<ulong> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector256<ulong> Multiply(Vector256<uint> left, Vector256<uint> right) => Multiply(left, right);

    [Intrinsic]
    public static Vector256<uint> Blend(Vector256<uint> left, Vector256<uint> right, byte control) =>
        Blend(left, right, control);

    [Intrinsic]
    public static Vector256<int> ShiftRightLogical(Vector256<int> value, byte count) => ShiftRightLogical(value, count);

    [Intrinsic]
    public static Vector256<int> ShiftRightArithmetic(Vector256<int> value, byte count) =>
        ShiftRightArithmetic(value, count);

    [Intrinsic]
    public static Vector256<int> ConvertToVector256Int32(short* address) => ConvertToVector256Int32(address);

    [Intrinsic]
    public static Vector256<int> Max(Vector256<int> left, Vector256<int> right) => Max(left, right);

    [Intrinsic]
    public static Vector256<int> Min(Vector256<int> left, Vector256<int> right) => Min(left, right);

    [Intrinsic]
    public static Vector256<int> GatherVector256(int* baseAddress, Vector256<int> index, byte scale) =>
        GatherVector256(baseAddress, index, scale);

    [Intrinsic]
    public static Vector256<int> MultiplyLow(Vector256<int> left, Vector256<int> right) => MultiplyLow(left, right);

    [Intrinsic]
    public static Vector256<short> PackSignedSaturate(Vector256<int> left, Vector256<int> right) =>
        PackSignedSaturate(left, right);

    [Intrinsic]
    public static Vector256<byte> PackUnsignedSaturate(Vector256<short> left, Vector256<short> right) =>
        PackUnsignedSaturate(left, right);

    [Intrinsic]
    public static Vector256<int> BlendVariable(Vector256<int> left, Vector256<int> right, Vector256<int> mask) =>
        BlendVariable(left, right, mask);

    [Intrinsic]
    public static Vector256<int> BroadcastScalarToVector256(int* source) => BroadcastScalarToVector256(source);

    [Intrinsic]
    public new abstract class X64 : Avx.X64
    {
        internal X64()
        {
        }

        public static new bool IsSupported
        {
            [Intrinsic]
            get => IsSupported;
        }
    }
}
