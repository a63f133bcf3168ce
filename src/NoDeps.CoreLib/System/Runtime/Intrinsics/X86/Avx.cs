using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Avx : Sse42
{
    internal Avx()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static Vector256<byte> LoadVector256(byte* address) => LoadVector256(address);

    [Intrinsic]
    public static void Store(byte* address, Vector256<byte> source) => Store(address, source);

    [Intrinsic]
    public static Vector256<int> LoadVector256(int* address) => LoadVector256(address);

    [Intrinsic]
    public static void Store(int* address, Vector256<int> source) => Store(address, source);

    [Intrinsic]
    public static Vector256<float> LoadVector256(float* address) => LoadVector256(address);

    [Intrinsic]
    public static void Store(float* address, Vector256<float> source) => Store(address, source);

    [Intrinsic]
    public static Vector256<ulong> LoadVector256(ulong* address) => LoadVector256(address);

    [Intrinsic]
    public static void Store(ulong* address, Vector256<ulong> source) => Store(address, source);

    [Intrinsic]
    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => Multiply(left, right);

    [Intrinsic]
    public static Vector256<float> Divide(Vector256<float> left, Vector256<float> right) => Divide(left, right);

    [Intrinsic]
    public static Vector256<float> Max(Vector256<float> left, Vector256<float> right) => Max(left, right);

    [Intrinsic]
    public static Vector256<float> Min(Vector256<float> left, Vector256<float> right) => Min(left, right);

    [Intrinsic]
    public static Vector256<float> And(Vector256<float> left, Vector256<float> right) => And(left, right);

    [Intrinsic]
    public static Vector256<float> Or(Vector256<float> left, Vector256<float> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<float> Xor(Vector256<float> left, Vector256<float> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<float> AndNot(Vector256<float> left, Vector256<float> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector256<float> UnpackLow(Vector256<float> left, Vector256<float> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector256<float> UnpackHigh(Vector256<float> left, Vector256<float> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector256<float> Sqrt(Vector256<float> value) => Sqrt(value);

    [Intrinsic]
    public static Vector256<float> Compare(Vector256<float> left, Vector256<float> right, FloatComparisonMode mode) =>
        Compare(left, right, mode);

    [Intrinsic]
    public static Vector256<float> BlendVariable(
        Vector256<float> left, Vector256<float> right, Vector256<float> mask) =>
        BlendVariable(left, right, mask);

    [Intrinsic]
    public static Vector256<float> Shuffle(Vector256<float> value, Vector256<float> right, byte control) =>
        Shuffle(value, right, control);

    [Intrinsic]
    public static Vector256<float> Permute2x128(Vector256<float> left, Vector256<float> right, byte control) =>
        Permute2x128(left, right, control);

    [Intrinsic]
    public static Vector256<float> RoundToNearestInteger(Vector256<float> value) => RoundToNearestInteger(value);

    [Intrinsic]
    public static Vector128<float> ExtractVector128(Vector256<float> value, byte index) =>
        ExtractVector128(value, index);

    [Intrinsic]
    public static Vector256<int> ConvertToVector256Int32(Vector256<float> value) => ConvertToVector256Int32(value);

    [Intrinsic]
    public static Vector256<int> ConvertToVector256Int32WithTruncation(Vector256<float> value) =>
        ConvertToVector256Int32WithTruncation(value);

    [Intrinsic]
    public static Vector256<float> ConvertToVector256Single(Vector256<int> value) => ConvertToVector256Single(value);

    [Intrinsic]
    public static Vector256<float> BroadcastScalarToVector256(float* source) => BroadcastScalarToVector256(source);

    [Intrinsic]
    public static int MoveMask(Vector256<float> value) => MoveMask(value);

    [Intrinsic]
    public static Vector256<float> InsertVector128(Vector256<float> value, Vector128<float> data, byte index) =>
        InsertVector128(value, data, index);

    [Intrinsic]
    public static Vector256<float> CompareEqual(Vector256<float> left, Vector256<float> right) =>
        CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<float> CompareGreaterThan(Vector256<float> left, Vector256<float> right) =>
        CompareGreaterThan(left, right);

    [Intrinsic]
    public static Vector256<float> CompareLessThan(Vector256<float> left, Vector256<float> right) =>
        CompareLessThan(left, right);

    [Intrinsic]
    public static Vector256<float> CompareGreaterThanOrEqual(Vector256<float> left, Vector256<float> right) =>
        CompareGreaterThanOrEqual(left, right);

    [Intrinsic]
    public static Vector256<float> CompareLessThanOrEqual(Vector256<float> left, Vector256<float> right) =>
        CompareLessThanOrEqual(left, right);

    [Intrinsic]
    public static Vector256<float> CompareNotEqual(Vector256<float> left, Vector256<float> right) =>
        CompareNotEqual(left, right);

    [Intrinsic]
    public new abstract class X64 : Sse42.X64
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
