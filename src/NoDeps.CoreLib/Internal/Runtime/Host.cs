using System.Runtime.InteropServices;

namespace Internal.Runtime;

/// <summary>The three things that the core library asks of the platform layer; the linker joins them by name.</summary>
internal static unsafe class Host
{
    /// <summary>Zeroed, page-aligned memory; never null (the platform ends the process when there is none).</summary>
    [DllImport("*", EntryPoint = "nd_host_pages"), SuppressGCTransition]
    public static extern void* Pages(nuint bytes);

    /// <summary>Writes <paramref name="message"/> (zero-ended) and the code offset to stderr; exits with 134.</summary>
    [DllImport("*", EntryPoint = "nd_host_fail"), SuppressGCTransition]
    public static extern void Fail(byte* message, nint codeAddress);

    /// <summary>The address to which the calling method will return.</summary>
    [DllImport("*", EntryPoint = "nd_return_address"), SuppressGCTransition]
    public static extern nint ReturnAddress();
}
