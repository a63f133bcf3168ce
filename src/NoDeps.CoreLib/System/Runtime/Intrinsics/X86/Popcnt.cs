using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class Popcnt : Sse42
{
    internal Popcnt()
    {
    }

    public static new bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static uint PopCount(uint value) => PopCount(value);

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

        [Intrinsic]
        public static ulong PopCount(ulong value) => PopCount(value);
    }
}
