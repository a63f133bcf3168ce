namespace NoDeps.Primitives;

/// <summary><see cref="ByteSwap"/>, one number at a time.</summary>
public static unsafe class ByteSwapScalar
{
    /// <inheritdoc cref="ByteSwap.Copy"/>
    public static void Copy(byte* from, byte* to, nint count, int size)
    {
        for (nint at = 0; at < count; at += size)
        {
            for (int low = 0, high = size - 1; low <= high; low++, high--)
            {
                byte first = from[at + low];
                to[at + low] = from[at + high];
                to[at + high] = first;
            }
        }
    }
}
