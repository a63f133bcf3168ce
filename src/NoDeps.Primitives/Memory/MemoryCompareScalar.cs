namespace NoDeps.Primitives;

/// <summary><see cref="MemoryCompare"/>, eight bytes at a time.</summary>
public static unsafe class MemoryCompareScalar
{
    /// <inheritdoc cref="MemoryCompare.FirstDifference"/>
    public static nuint FirstDifference(byte* left, byte* right, nuint count)
    {
        nuint at = 0;
        for (; count - at >= 8; at += 8)
        {
            ulong different = *(ulong*)(left + at) ^ *(ulong*)(right + at);
            if (different == 0) continue;
            // The first byte in memory is the least significant: x86-64 and arm64 are little-endian.
            return at + (nuint)(TrailingZeros.Count(different) >> 3);
        }
        while (at < count && left[at] == right[at]) at++;
        return at;
    }
}
