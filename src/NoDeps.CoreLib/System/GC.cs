using Internal.Runtime;

namespace System;

/// <summary>There is no collector: objects live as long as the process. What remains is the count.</summary>
public static class GC
{
    /// <summary>Bytes that <c>new</c> has handed out since the start.</summary>
    public static long GetTotalAllocatedBytes(bool precise = false) => Allocator.AllocatedBytes;
}
