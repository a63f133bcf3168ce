using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Avx512DQ : Avx512F
{
    internal Avx512DQ()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static Vector512<float> And(Vector512<float> left, Vector512<float> right) => And(left, right);

    [Intrinsic]
    public static Vector512<float> Or(Vector512<float> left, Vector512<float> right) => Or(left, right);

    [Intrinsic]
    public static Vector512<float> Xor(Vector512<float> left, Vector512<float> right) => Xor(left, right);

    [Intrinsic]
    public static Vector512<float> AndNot(Vector512<float> left, Vector512<float> right) => AndNot(left, right);

    [Intrinsic]
    public new abstract class X64 : Avx512F.X64
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
