using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Sse : X86Base
{
    internal Sse()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static void Prefetch0(void* address) => Prefetch0(address);

    [Intrinsic]
    public static Vector128<float> LoadVector128(float* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(float* address, Vector128<float> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<float> Add(Vector128<float> left, Vector128<float> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<float> Subtract(Vector128<float> left, Vector128<float> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => Multiply(left, right);

    [Intrinsic]
    public static Vector128<float> Divide(Vector128<float> left, Vector128<float> right) => Divide(left, right);

    [Intrinsic]
    public static Vector128<float> Max(Vector128<float> left, Vector128<float> right) => Max(left, right);

    [Intrinsic]
    public static Vector128<float> Min(Vector128<float> left, Vector128<float> right) => Min(left, right);

    [Intrinsic]
    public static Vector128<float> And(Vector128<float> left, Vector128<float> right) => And(left, right);

    [Intrinsic]
    public static Vector128<float> Or(Vector128<float> left, Vector128<float> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<float> Xor(Vector128<float> left, Vector128<float> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<float> AndNot(Vector128<float> left, Vector128<float> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<float> UnpackLow(Vector128<float> left, Vector128<float> right) => UnpackLow(left, right);

    [Intrinsic]
    public static Vector128<float> UnpackHigh(Vector128<float> left, Vector128<float> right) => UnpackHigh(left, right);

    [Intrinsic]
    public static Vector128<float> CompareGreaterThan(Vector128<float> left, Vector128<float> right) =>
        CompareGreaterThan(left, right);

    [Intrinsic]
    public static Vector128<float> CompareLessThan(Vector128<float> left, Vector128<float> right) =>
        CompareLessThan(left, right);

    [Intrinsic]
    public static Vector128<float> MoveHighToLow(Vector128<float> left, Vector128<float> right) =>
        MoveHighToLow(left, right);

    [Intrinsic]
    public static Vector128<float> MoveLowToHigh(Vector128<float> left, Vector128<float> right) =>
        MoveLowToHigh(left, right);

    [Intrinsic]
    public static Vector128<float> Sqrt(Vector128<float> value) => Sqrt(value);

    [Intrinsic]
    public static Vector128<float> Shuffle(Vector128<float> left, Vector128<float> right, byte control) =>
        Shuffle(left, right, control);

    [Intrinsic]
    public static void StoreScalar(float* address, Vector128<float> source) => StoreScalar(address, source);

    [Intrinsic]
    public static Vector128<float> AddScalar(Vector128<float> left, Vector128<float> right) => AddScalar(left, right);

    [Intrinsic]
    public new abstract class X64 : X86Base.X64
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
