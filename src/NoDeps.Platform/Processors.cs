using System;
using System.Numerics;

namespace NoDeps.Platform;

/// <summary>The processors that this process may use.</summary>
public static unsafe class Processors
{
    private const int MaskWords = 128;

    /// <summary>Cached; 0 if not yet determined.</summary>
    private static int s_inQuota;

    /// <summary>The number that it can keep busy, limited by its affinity mask and its CPU quota; at least 1.</summary>
    public static int Count() => Math.Min(InAffinityMask(), InQuota());

    /// <summary>The number of processors in its affinity mask; at least 1.</summary>
    public static int InAffinityMask()
    {
        ulong* mask = stackalloc ulong[MaskWords];
        nint bytes = Kernel.ProcessorAffinity(mask, MaskWords * sizeof(ulong));
        int count = 0;
        for (nint i = 0; i < bytes / sizeof(ulong); i++) count += BitOperations.PopCount(mask[i]);
        return count > 0 ? count : 1;
    }

    /// <summary>
    /// The CPU quota of its control group in processors, rounded up; <see cref="int.MaxValue"/> if there is none. With more threads than
    /// that, threads that have exhausted the quota sleep until the end of its period, and the others wait for them.
    /// </summary>
    public static int InQuota()
    {
        if (s_inQuota == 0) s_inQuota = InQuota(default);
        return s_inQuota;
    }

    /// <summary>The CPU quota from files below <paramref name="root"/>, for tests.</summary>
    internal static int InQuota(ReadOnlySpan<byte> root)
    {
        return (int)Math.Min(ControlGroup.Minimum(root, "cpu"u8, &OfVersion1, &OfVersion2), int.MaxValue);
    }

    private static long OfVersion2(ReadOnlySpan<byte> folder) =>
        ControlGroupText.Processors(ControlGroup.Read(folder, "/cpu.max"u8, stackalloc byte[ControlGroup.MaxNumbers]));

    private static long OfVersion1(ReadOnlySpan<byte> folder) =>
        ControlGroup.TryNumber(folder, "/cpu.cfs_quota_us"u8, out long quota)
        && ControlGroup.TryNumber(folder, "/cpu.cfs_period_us"u8, out long period)
            ? ControlGroupText.Processors(quota, period) : long.MaxValue;
}
