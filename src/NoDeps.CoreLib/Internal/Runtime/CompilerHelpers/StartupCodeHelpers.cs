using System.Runtime;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// The transitions between managed and native code, which have nothing to do without a garbage collector.
/// </summary>
internal static class StartupCodeHelpers
{
    [RuntimeExport("RhpReversePInvoke")]
    private static void ReversePInvoke(nint frame)
    {
    }

    [RuntimeExport("RhpReversePInvokeReturn")]
    private static void ReversePInvokeReturn(nint frame)
    {
    }

    [RuntimeExport("RhpPInvoke")]
    private static void PInvoke(nint frame)
    {
    }

    [RuntimeExport("RhpPInvokeReturn")]
    private static void PInvokeReturn(nint frame)
    {
    }

    [RuntimeExport("RhpGcPoll")]
    private static void CollectorPoll()
    {
    }
}
