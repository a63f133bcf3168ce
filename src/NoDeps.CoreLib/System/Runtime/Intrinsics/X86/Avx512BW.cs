using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Avx512BW : Avx512F
{
    internal Avx512BW()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static Vector512<byte> Min(Vector512<byte> left, Vector512<byte> right) => Min(left, right);

    [Intrinsic]
    public static Vector512<byte> CompareEqual(Vector512<byte> left, Vector512<byte> right) =>
        CompareEqual(left, right);

    [Intrinsic]
    public static long MoveMask(Vector512<byte> value) => MoveMask(value);

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
