using System.Runtime.InteropServices;

namespace NoDeps.Platform;

/// <summary>The same numbers and arguments as in the bare build, through libc's <c>syscall</c>.</summary>
internal static unsafe class SystemCall
{
    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint Raw(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    /// <summary>Returns the result, or −errno.</summary>
    public static nint Invoke(int number, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0)
    {
        nint result = Raw(number, a, b, c, d, e, f);
        return result == -1 ? -Marshal.GetLastPInvokeError() : result;
    }
}
