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
    public static int MoveMask(Vector256<byte> value) => MoveMask(value);

    [Intrinsic]
    public static Vector256<int> ConvertToVector256Int32(Vector128<byte> value) => ConvertToVector256Int32(value);

    [Intrinsic]
    public static Vector256<int> ConvertToVector256Int32(byte* address) => ConvertToVector256Int32(address);

    [Intrinsic]
    public static Vector256<int> ShiftLeftLogical(Vector256<int> value, byte count) => ShiftLeftLogical(value, count);

    [Intrinsic]
    public static Vector256<int> ShiftRightLogical(Vector256<int> value, byte count) => ShiftRightLogical(value, count);

    [Intrinsic]
    public static Vector256<int> ShiftRightArithmetic(Vector256<int> value, byte count) =>
        ShiftRightArithmetic(value, count);

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
