namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemorySearch"/>, eight bytes at a time. The exclusive-or with the value in every byte turns matches into
/// zero bytes, which are found as in <see cref="StringLengthSwar"/>.
/// </summary>
public static unsafe class MemorySearchScalar
{
    private const ulong Ones = 0x0101010101010101;
    private const ulong Highs = 0x8080808080808080;

    /// <inheritdoc cref="MemorySearch.IndexOf"/>
    public static nint IndexOf(byte* start, byte value, nuint count)
    {
        ulong pattern = Ones * value;
        nuint at = 0;
        for (; count - at >= 8; at += 8)
        {
            ulong word = *(ulong*)(start + at) ^ pattern;
            ulong zeros = (word - Ones) & ~word & Highs;
            if (zeros != 0) return (nint)at + (TrailingZeros.Count(zeros) >> 3);
        }
        for (; at < count; at++)
        {
            if (start[at] == value) return (nint)at;
        }
        return -1;
    }
}
