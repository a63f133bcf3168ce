namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemoryCopy"/>, eight bytes at a time. The direction makes overlap safe: upward if the destination is
/// below the source and downward if it is above, so no store overwrites bytes that are still to be read.
/// </summary>
public static unsafe class MemoryCopyScalar
{
    /// <inheritdoc cref="MemoryCopy.Copy"/>
    public static void Copy(byte* destination, byte* source, nuint count)
    {
        if (destination <= source || destination >= source + count) Upwards(destination, source, count);
        else Downwards(destination, source, count);
    }

    private static void Upwards(byte* destination, byte* source, nuint count)
    {
        nuint at = 0;
        for (; count - at >= 8; at += 8) *(ulong*)(destination + at) = *(ulong*)(source + at);
        for (; at < count; at++) destination[at] = source[at];
    }

    private static void Downwards(byte* destination, byte* source, nuint count)
    {
        nuint left = count;
        for (; left >= 8; left -= 8) *(ulong*)(destination + left - 8) = *(ulong*)(source + left - 8);
        for (; left > 0; left--) destination[left - 1] = source[left - 1];
    }
}
