using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Lzcnt : X86Base
{
    internal Lzcnt()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static uint LeadingZeroCount(uint value) => LeadingZeroCount(value);

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
        public static ulong LeadingZeroCount(ulong value) => LeadingZeroCount(value);
    }
}
