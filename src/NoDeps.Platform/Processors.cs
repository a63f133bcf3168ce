using System.Numerics;

namespace NoDeps.Platform;

/// <summary>The processors that this process may run on.</summary>
public static unsafe class Processors
{
    private const int MaskWords = 128;

    /// <summary>Their number; at least 1.</summary>
    public static int Count()
    {
        ulong* mask = stackalloc ulong[MaskWords];
        nint bytes = Kernel.ProcessorAffinity(mask, MaskWords * sizeof(ulong));
        int count = 0;
        for (nint i = 0; i < bytes / sizeof(ulong); i++) count += BitOperations.PopCount(mask[i]);
        return count > 0 ? count : 1;
    }
}
