using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Platform;

/// <summary>A raw system call.</summary>
internal static unsafe class SystemCall
{
    [DllImport("*", EntryPoint = "nd_syscall"), SuppressGCTransition]
    private static extern nint Raw(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    /// <summary>A call with up to three arguments; returns the result, or −errno.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Invoke(int number, nint a = 0, nint b = 0, nint c = 0) => Raw(number, a, b, c, 0, 0, 0);

    /// <summary>A call with more arguments.</summary>
    public static nint Invoke(int number, nint a, nint b, nint c, nint d, nint e = 0, nint f = 0) =>
        Raw(number, a, b, c, d, e, f);
}
