using System.Runtime.InteropServices;

namespace Internal.Runtime;

/// <summary>
/// The three functions that the core library needs from the platform layer; the linker resolves them by name.
/// </summary>
internal static unsafe class Host
{
    /// <summary>
    /// Returns zeroed, page-aligned memory; never null, since the platform terminates the process if there is none.
    /// </summary>
    [DllImport("*", EntryPoint = "nd_host_pages"), SuppressGCTransition]
    public static extern void* Pages(nuint bytes);

    /// <summary>
    /// Writes <paramref name="message"/> (NUL-terminated) and the code offset to stderr; exits with 134.
    /// </summary>
    [DllImport("*", EntryPoint = "nd_host_fail"), SuppressGCTransition]
    public static extern void Fail(byte* message, nint codeAddress);

    /// <summary>The return address of the calling method.</summary>
    [DllImport("*", EntryPoint = "nd_return_address"), SuppressGCTransition]
    public static extern nint ReturnAddress();
}
