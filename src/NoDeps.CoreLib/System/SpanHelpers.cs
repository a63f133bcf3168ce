using System.Runtime.CompilerServices;

namespace System;

/// <summary>
/// The block operations that the JIT calls by name for struct copies, zeroing and spans; internal in .NET too. They
/// must not need block operations themselves, so they use only element loads and stores.
/// </summary>
internal static unsafe class SpanHelpers
{
    /// <summary>Copies between ranges that may overlap.</summary>
    public static void Memmove(ref byte destination, ref byte source, nuint length)
    {
        byte* d = (byte*)Unsafe.AsPointer(ref destination);
        byte* s = (byte*)Unsafe.AsPointer(ref source);
        if ((nuint)(d - s) >= length)
        {
            nuint i = 0;
            for (; i + 8 <= length; i += 8) *(ulong*)(d + i) = *(ulong*)(s + i);
            for (; i < length; i++) d[i] = s[i];
        }
        else
        {
            nuint i = length;
            for (; i >= 8; i -= 8) *(ulong*)(d + i - 8) = *(ulong*)(s + i - 8);
            for (; i > 0; i--) d[i - 1] = s[i - 1];
        }
    }

    public static void Fill(ref byte destination, byte value, nuint length)
    {
        byte* d = (byte*)Unsafe.AsPointer(ref destination);
        ulong word = value * 0x0101010101010101ul;
        nuint i = 0;
        for (; i + 8 <= length; i += 8) *(ulong*)(d + i) = word;
        for (; i < length; i++) d[i] = value;
    }

    public static void ClearWithoutReferences(ref byte destination, nuint length) => Fill(ref destination, 0, length);
}

public static class Buffer
{
    /// <summary>ilc looks this up by name. Without a garbage collector there is no write barrier.</summary>
    internal static void BulkMoveWithWriteBarrier(ref byte destination, ref byte source, nuint length) =>
        SpanHelpers.Memmove(ref destination, ref source, length);
}
