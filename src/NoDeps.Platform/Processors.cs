using System;
using System.Numerics;

namespace NoDeps.Platform;

/// <summary>The processors that this process may use.</summary>
public static unsafe class Processors
{
    private const int MaskWords = 128;

    /// <summary>0 until it was looked up.</summary>
    private static int s_inQuota;

    /// <summary>How many it can keep busy: those of its affinity mask, or as many as its CPU quota is worth; at least 1.</summary>
    public static int Count() => Math.Min(InAffinityMask(), InQuota());

    /// <summary>How many it may run on; at least 1.</summary>
    public static int InAffinityMask()
    {
        ulong* mask = stackalloc ulong[MaskWords];
        nint bytes = Kernel.ProcessorAffinity(mask, MaskWords * sizeof(ulong));
        int count = 0;
        for (nint i = 0; i < bytes / sizeof(ulong); i++) count += BitOperations.PopCount(mask[i]);
        return count > 0 ? count : 1;
    }

    /// <summary>
    /// How many the CPU quota of its control group is worth, rounded up; <see cref="int.MaxValue"/> where there is none. More threads
    /// than that spend their time on waiting for each other: those that have used the quota up sleep to the end of its period.
    /// </summary>
    public static int InQuota()
    {
        if (s_inQuota == 0) s_inQuota = InQuota(default);
        return s_inQuota;
    }

    /// <summary>The same for another system's files, below <paramref name="root"/>.</summary>
    internal static int InQuota(ReadOnlySpan<byte> root)
    {
        long count = Math.Min(ControlGroup.Least(root, default, &OfVersion2), ControlGroup.Least(root, "cpu"u8, &OfVersion1));
        return (int)Math.Min(count, int.MaxValue);
    }

    private static long OfVersion2(ReadOnlySpan<byte> folder) =>
        ControlGroupText.Processors(ControlGroup.Read(folder, "/cpu.max"u8, stackalloc byte[ControlGroup.MaxNumbers]));

    private static long OfVersion1(ReadOnlySpan<byte> folder) =>
        ControlGroup.TryNumber(folder, "/cpu.cfs_quota_us"u8, out long quota)
        && ControlGroup.TryNumber(folder, "/cpu.cfs_period_us"u8, out long period)
            ? ControlGroupText.Processors(quota, period) : long.MaxValue;
}
