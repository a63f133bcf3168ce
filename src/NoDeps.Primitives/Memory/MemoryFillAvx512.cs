using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemoryFill"/> with AVX-512: 256 bytes per iteration, aligned to 64; unaligned stores at both ends overlap
/// them.
/// </summary>
public static unsafe class MemoryFillAvx512
{
    private const int Width = 64;

    /// <inheritdoc cref="MemoryFill.Fill"/>
    public static void Fill(byte* destination, byte value, nuint count)
    {
        if (count <= MemoryFillAvx2.MaxSmall) MemoryFillAvx2.Small(destination, value, count);
        else Large(destination, value, count);
    }

    /// <summary><see cref="MemoryFill.Fill"/> of more than <see cref="MemoryFillAvx2.MaxSmall"/> bytes.</summary>
    public static void Large(byte* destination, byte value, nuint count)
    {
        Vector512<byte> pattern = Vector512.Create(value);
        byte* end = destination + count;
        Avx512F.Store(destination, pattern);
        byte* last = end - 4 * Width;
        byte* at = (byte*)((nuint)(destination + Width) & ~(nuint)(Width - 1));
        for (; at < last; at += 4 * Width) Step(at, pattern);
        Step(last, pattern);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(byte* destination, Vector512<byte> pattern)
    {
        Avx512F.Store(destination, pattern);
        Avx512F.Store(destination + Width, pattern);
        Avx512F.Store(destination + 2 * Width, pattern);
        Avx512F.Store(destination + 3 * Width, pattern);
    }
}
