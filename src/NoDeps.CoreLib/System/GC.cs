using Internal.Runtime;

namespace System;

/// <summary>
/// There is no garbage collector: objects live as long as the process. Only the allocation count remains.
/// </summary>
public static class GC
{
    /// <summary>The number of bytes allocated by <c>new</c> since the start.</summary>
    public static long GetTotalAllocatedBytes(bool precise = false) => Allocator.AllocatedBytes;
}
