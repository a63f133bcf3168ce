using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

[Intrinsic]
public abstract unsafe class X86Base
{
    internal X86Base()
    {
    }

    public static bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static void Pause() => Pause();

    [Intrinsic]
    public abstract class X64
    {
        internal X64()
        {
        }

        public static bool IsSupported
        {
            [Intrinsic]
            get => IsSupported;
        }
    }
}
