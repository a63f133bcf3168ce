using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemoryFill"/> with AVX2. A few stores, which may overlap, fill up to 256 bytes; longer ranges take 128
/// bytes per iteration, and the last iteration overlaps the one before it.
/// </summary>
public static unsafe class MemoryFillAvx2
{
    /// <summary>The largest range that <see cref="Small"/> accepts; <see cref="Large"/> fills longer ones.</summary>
    public const int MaxSmall = 8 * Width;

    private const int Width = 32;
    private const ulong Ones = 0x0101010101010101;

    /// <inheritdoc cref="MemoryFill.Fill"/>
    public static void Fill(byte* destination, byte value, nuint count)
    {
        if (count <= MaxSmall) Small(destination, value, count);
        else Large(destination, value, count);
    }

    /// <summary><see cref="MemoryFill.Fill"/> of at most <see cref="MaxSmall"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Small(byte* destination, byte value, nuint count)
    {
        byte* end = destination + count;
        if (count >= Width)
        {
            // Stores go in address order: consecutive stores to the same cache line are merged.
            Vector256<byte> pattern = Vector256.Create(value);
            Avx.Store(destination, pattern);
            if (count > 6 * Width)
            {
                // Aligned stores, which cross no cache line: five from the start and three from the end meet in the
                // middle.
                byte* at = (byte*)((nuint)destination & ~(nuint)(Width - 1));
                Avx.Store(at + Width, pattern);
                Avx.Store(at + 2 * Width, pattern);
                Avx.Store(at + 3 * Width, pattern);
                Avx.Store(at + 4 * Width, pattern);
                Avx.Store(at + 5 * Width, pattern);
                at = (byte*)((nuint)(end - Width) & ~(nuint)(Width - 1));
                Avx.Store(at - 2 * Width, pattern);
                Avx.Store(at - Width, pattern);
                Avx.Store(at, pattern);
            }
            else if (count > 4 * Width)
            {
                Avx.Store(destination + Width, pattern);
                Avx.Store(destination + 2 * Width, pattern);
                Avx.Store(end - 4 * Width, pattern);
                Avx.Store(end - 3 * Width, pattern);
                Avx.Store(end - 2 * Width, pattern);
            }
            else if (count > 2 * Width)
            {
                Avx.Store(destination + Width, pattern);
                Avx.Store(end - 2 * Width, pattern);
            }
            Avx.Store(end - Width, pattern);
            return;
        }
        if (count >= 16)
        {
            Vector128<byte> pattern = Vector128.Create(value);
            Sse2.Store(destination, pattern);
            Sse2.Store(end - 16, pattern);
            return;
        }
        ulong word = Ones * value;
        if (count >= 8)
        {
            *(ulong*)destination = word;
            *(ulong*)(end - 8) = word;
        }
        else if (count >= 4)
        {
            *(uint*)destination = (uint)word;
            *(uint*)(end - 4) = (uint)word;
        }
        else if (count > 0)
        {
            destination[0] = value;
            destination[count >> 1] = value;
            end[-1] = value;
        }
    }

    /// <summary><see cref="MemoryFill.Fill"/> of more than <see cref="MaxSmall"/> bytes.</summary>
    public static void Large(byte* destination, byte value, nuint count)
    {
        Vector256<byte> pattern = Vector256.Create(value);
        byte* last = destination + count - 4 * Width;
        for (; destination < last; destination += 4 * Width) Step(destination, pattern);
        Step(last, pattern);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(byte* destination, Vector256<byte> pattern)
    {
        Avx.Store(destination, pattern);
        Avx.Store(destination + Width, pattern);
        Avx.Store(destination + 2 * Width, pattern);
        Avx.Store(destination + 3 * Width, pattern);
    }
}
