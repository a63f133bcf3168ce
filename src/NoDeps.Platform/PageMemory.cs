using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Allocates whole pages from the system.</summary>
public static unsafe class PageMemory
{
    /// <summary>The page size of every x86-64 system.</summary>
    public const int PageBytes = 4096;

    /// <summary>The size from which huge pages are requested: they reduce TLB misses. For smaller blocks they would cost more
    /// memory than they save time.</summary>
    private const long LargeBytes = 64 << 20;

    /// <summary>Allocates at least <paramref name="bytes"/> of zeroed, page-aligned memory.</summary>
    public static Fault Take(long bytes, out byte* memory)
    {
        nint result = Kernel.MapMemory((nint)RoundUp(bytes));
        if (result < 0)
        {
            memory = null;
            return SystemError.ToFault(FaultKind.System, result);
        }
        if (bytes >= LargeBytes) Kernel.PreferLargePages(result, (nint)RoundUp(bytes));
        memory = (byte*)result;
        return Fault.None;
    }

    /// <summary>Frees memory from <see cref="Take"/>.</summary>
    public static void Return(byte* memory, long bytes) => Kernel.Unmap(memory, (nint)RoundUp(bytes));

    internal static long RoundUp(long bytes) => (bytes + PageBytes - 1) & -PageBytes;
}
