using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Copies bytes between two ranges that may overlap, as Span.CopyTo does. It works on pointers, and on words of its own
/// choice, because Span's copying and the compiler's block copies stand on it.
/// </summary>
public static unsafe class MemoryCopy
{
    /// <summary>
    /// After the call, the <paramref name="count"/> bytes at <paramref name="destination"/> are those that were at
    /// <paramref name="source"/> before it. In the fastest form that the processor has.
    /// </summary>
    public static void Copy(byte* destination, byte* source, nuint count)
    {
        if (Avx2.IsSupported) MemoryCopyAvx2.Copy(destination, source, count);
        else CopyScalar(destination, source, count);
    }

    /// <summary>
    /// <see cref="Copy"/> in steps of eight bytes. The direction is what makes overlap safe: upwards where the
    /// destination lies below the source, downwards where it lies above, no step overwrites what is still to be read.
    /// </summary>
    public static void CopyScalar(byte* destination, byte* source, nuint count)
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
