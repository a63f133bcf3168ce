using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Bmi2 : X86Base
{
    internal Bmi2()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static uint MultiplyNoFlags(uint left, uint right) => MultiplyNoFlags(left, right);

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

        [Intrinsic]
        public static ulong ZeroHighBits(ulong value, ulong index) => ZeroHighBits(value, index);

        [Intrinsic]
        public static ulong MultiplyNoFlags(ulong left, ulong right) => MultiplyNoFlags(left, right);
    }
}
