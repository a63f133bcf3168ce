using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Avx512F : Avx2
{
    internal Avx512F()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static Vector512<byte> LoadVector512(byte* address) => LoadVector512(address);

    [Intrinsic]
    public static void Store(byte* address, Vector512<byte> source) => Store(address, source);

    [Intrinsic]
    public static Vector512<int> LoadVector512(int* address) => LoadVector512(address);

    [Intrinsic]
    public static void Store(int* address, Vector512<int> source) => Store(address, source);

    [Intrinsic]
    public static Vector512<float> LoadVector512(float* address) => LoadVector512(address);

    [Intrinsic]
    public static void Store(float* address, Vector512<float> source) => Store(address, source);

    [Intrinsic]
    public static Vector512<ulong> LoadVector512(ulong* address) => LoadVector512(address);

    [Intrinsic]
    public static void Store(ulong* address, Vector512<ulong> source) => Store(address, source);

    [Intrinsic]
    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => Add(left, right);

    [Intrinsic]
    public static Vector512<float> Subtract(Vector512<float> left, Vector512<float> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => Multiply(left, right);

    [Intrinsic]
    public static Vector512<float> Divide(Vector512<float> left, Vector512<float> right) => Divide(left, right);

    [Intrinsic]
    public static Vector512<float> Max(Vector512<float> left, Vector512<float> right) => Max(left, right);

    [Intrinsic]
    public static Vector512<float> Min(Vector512<float> left, Vector512<float> right) => Min(left, right);

    [Intrinsic]
    public static Vector512<float> UnpackLow(Vector512<float> left, Vector512<float> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector512<float> UnpackHigh(Vector512<float> left, Vector512<float> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector512<float> Sqrt(Vector512<float> value) => Sqrt(value);

    [Intrinsic]
    public static Vector512<float> FusedMultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        FusedMultiplyAdd(a, b, c);

    [Intrinsic]
    public static Vector512<float> FusedMultiplyAddNegated(
        Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        FusedMultiplyAddNegated(a, b, c);

    [Intrinsic]
    public static Vector512<float> FusedMultiplySubtract(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        FusedMultiplySubtract(a, b, c);

    [Intrinsic]
    public static Vector512<int> Add(Vector512<int> left, Vector512<int> right) => Add(left, right);

    [Intrinsic]
    public static Vector512<int> Subtract(Vector512<int> left, Vector512<int> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector512<int> And(Vector512<int> left, Vector512<int> right) => And(left, right);

    [Intrinsic]
    public static Vector512<int> Or(Vector512<int> left, Vector512<int> right) => Or(left, right);

    [Intrinsic]
    public static Vector512<int> Xor(Vector512<int> left, Vector512<int> right) => Xor(left, right);

    [Intrinsic]
    public static Vector512<int> UnpackLow(Vector512<int> left, Vector512<int> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector512<int> UnpackHigh(Vector512<int> left, Vector512<int> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector512<ulong> And(Vector512<ulong> left, Vector512<ulong> right) => And(left, right);

    [Intrinsic]
    public static Vector512<ulong> Or(Vector512<ulong> left, Vector512<ulong> right) => Or(left, right);

    [Intrinsic]
    public static Vector512<ulong> Xor(Vector512<ulong> left, Vector512<ulong> right) => Xor(left, right);

    [Intrinsic]
    public static Vector512<float> Compare(Vector512<float> left, Vector512<float> right, FloatComparisonMode mode) =>
        Compare(left, right, mode);

    [Intrinsic]
    public static Vector512<float> BlendVariable(
        Vector512<float> left, Vector512<float> right, Vector512<float> mask) =>
        BlendVariable(left, right, mask);

    [Intrinsic]
    public static Vector512<int> BlendVariable(Vector512<int> left, Vector512<int> right, Vector512<int> mask) =>
        BlendVariable(left, right, mask);

    [Intrinsic]
    public static Vector512<float> CompareEqual(Vector512<float> left, Vector512<float> right) =>
        CompareEqual(left, right);

    [Intrinsic]
    public static Vector512<int> CompareEqual(Vector512<int> left, Vector512<int> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector512<float> CompareGreaterThan(Vector512<float> left, Vector512<float> right) =>
        CompareGreaterThan(left, right);

    [Intrinsic]
    public static Vector512<int> CompareGreaterThan(Vector512<int> left, Vector512<int> right) =>
        CompareGreaterThan(left, right);

    [Intrinsic]
    public static Vector512<float> CompareLessThan(Vector512<float> left, Vector512<float> right) =>
        CompareLessThan(left, right);

    [Intrinsic]
    public static Vector512<int> CompareLessThan(Vector512<int> left, Vector512<int> right) =>
        CompareLessThan(left, right);

    [Intrinsic]
    public static Vector512<float> CompareGreaterThanOrEqual(Vector512<float> left, Vector512<float> right) =>
        CompareGreaterThanOrEqual(left, right);

    [Intrinsic]
    public static Vector512<int> CompareGreaterThanOrEqual(Vector512<int> left, Vector512<int> right) =>
        CompareGreaterThanOrEqual(left, right);

    [Intrinsic]
    public static Vector512<float> CompareLessThanOrEqual(Vector512<float> left, Vector512<float> right) =>
        CompareLessThanOrEqual(left, right);

    [Intrinsic]
    public static Vector512<int> CompareLessThanOrEqual(Vector512<int> left, Vector512<int> right) =>
        CompareLessThanOrEqual(left, right);

    [Intrinsic]
    public static Vector512<int> ShiftLeftLogical(Vector512<int> value, byte count) => ShiftLeftLogical(value, count);

    [Intrinsic]
    public static Vector512<ulong> ShiftLeftLogical(Vector512<ulong> value, byte count) => ShiftLeftLogical(value, count);

    [Intrinsic]
    public static Vector512<ulong> ShiftRightLogical(Vector512<ulong> value, byte count) => ShiftRightLogical(value, count);

    [Intrinsic]
    public static Vector512<ulong> Add(Vector512<ulong> left, Vector512<ulong> right) => Add(left, right);

    [Intrinsic]
    public static Vector512<ulong> UnpackLow(Vector512<ulong> left, Vector512<ulong> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector512<ulong> UnpackHigh(Vector512<ulong> left, Vector512<ulong> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector512<ulong> Multiply(Vector512<uint> left, Vector512<uint> right) => Multiply(left, right);

    [Intrinsic]
    public static Vector512<float> Scale(Vector512<float> left, Vector512<float> right) => Scale(left, right);

    [Intrinsic]
    public static Vector512<float> GetExponent(Vector512<float> value) => GetExponent(value);

    [Intrinsic]
    public static Vector512<float> GetMantissa(Vector512<float> value, byte control) => GetMantissa(value, control);

    [Intrinsic]
    public static Vector512<int> ShiftRightLogical(Vector512<int> value, byte count) => ShiftRightLogical(value, count);

    [Intrinsic]
    public static Vector512<int> ShiftRightArithmetic(Vector512<int> value, byte count) =>
        ShiftRightArithmetic(value, count);

    [Intrinsic]
    public static Vector512<int> ConvertToVector512Int32(Vector128<byte> value) => ConvertToVector512Int32(value);

    [Intrinsic]
    public static Vector512<int> ConvertToVector512Int32(Vector512<float> value) => ConvertToVector512Int32(value);

    [Intrinsic]
    public static Vector512<float> ConvertToVector512Single(Vector512<int> value) => ConvertToVector512Single(value);

    [Intrinsic]
    public static Vector512<float> RoundScale(Vector512<float> value, byte control) => RoundScale(value, control);

    [Intrinsic]
    public static Vector512<float> Shuffle(Vector512<float> value, Vector512<float> right, byte control) =>
        Shuffle(value, right, control);

    [Intrinsic]
    public static Vector512<float> Shuffle4x128(Vector512<float> left, Vector512<float> right, byte control) =>
        Shuffle4x128(left, right, control);

    [Intrinsic]
    public static Vector512<ulong> TernaryLogic(
        Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, byte control) =>
        TernaryLogic(a, b, c, control);

    [Intrinsic]
    public static Vector128<ulong> ExtractVector128(Vector512<ulong> value, byte index) =>
        ExtractVector128(value, index);

    [Intrinsic]
    public static Vector512<ulong> InsertVector128(Vector512<ulong> value, Vector128<ulong> data, byte index) =>
        InsertVector128(value, data, index);

    [Intrinsic]
    public static Vector256<float> ExtractVector256(Vector512<float> value, byte index) =>
        ExtractVector256(value, index);

    [Intrinsic]
    public static Vector512<float> BroadcastScalarToVector512(Vector128<float> value) =>
        BroadcastScalarToVector512(value);

    [Intrinsic]
    public static Vector512<double> Permute4x64(Vector512<double> value, byte control) => Permute4x64(value, control);

    [Intrinsic]
    public static Vector512<float> PermuteVar16x32(Vector512<float> left, Vector512<int> control) =>
        PermuteVar16x32(left, control);

    [Intrinsic]
    public static Vector512<float> PermuteVar16x32x2(
        Vector512<float> lower, Vector512<int> indices, Vector512<float> upper) =>
        PermuteVar16x32x2(lower, indices, upper);

    [Intrinsic]
    public static Vector512<float> InsertVector128(Vector512<float> value, Vector128<float> data, byte index) =>
        InsertVector128(value, data, index);

    [Intrinsic]
    public new abstract class X64 : Avx2.X64
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
