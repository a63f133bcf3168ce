using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Pclmulqdq : Sse2
{
    internal Pclmulqdq()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static Vector128<ulong> CarrylessMultiply(Vector128<ulong> left, Vector128<ulong> right, byte control) =>
        CarrylessMultiply(left, right, control);

    [Intrinsic]
    public abstract class V512
    {
        internal V512()
        {
        }

        public static bool IsSupported
        {
            [Intrinsic]
            get => IsSupported;
        }

        [Intrinsic]
        public static Vector512<ulong> CarrylessMultiply(
            Vector512<ulong> left, Vector512<ulong> right, byte control) =>
            CarrylessMultiply(left, right, control);
    }

    [Intrinsic]
    public new abstract class X64 : Sse2.X64
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
