using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemoryFill"/> with AVX2: stores of 32 bytes, the last of which overlaps the one before it where the range
/// is no multiple of 32.
/// </summary>
public static unsafe class MemoryFillAvx2
{
    private const int Width = 32;

    /// <inheritdoc cref="MemoryFill.Fill"/>
    public static void Fill(byte* destination, byte value, nuint count)
    {
        if (count < Width)
        {
            Below32(destination, 0x0101010101010101 * (ulong)value, count);
            return;
        }
        Vector256<byte> pattern = Vector256.Create(value);
        byte* last = destination + count - Width;
        while ((nuint)(last - destination) > 4 * Width)
        {
            Avx.Store(destination, pattern);
            Avx.Store(destination + Width, pattern);
            Avx.Store(destination + 2 * Width, pattern);
            Avx.Store(destination + 3 * Width, pattern);
            destination += 4 * Width;
        }
        for (; destination < last; destination += Width) Avx.Store(destination, pattern);
        Avx.Store(last, pattern);
    }

    private static void Below32(byte* destination, ulong word, nuint count)
    {
        if (count >= 8)
        {
            // 8 to 31 bytes: a word at each end, and one more next to each where they do not yet meet.
            *(ulong*)destination = word;
            *(ulong*)(destination + count - 8) = word;
            if (count <= 16) return;
            *(ulong*)(destination + 8) = word;
            *(ulong*)(destination + count - 16) = word;
        }
        else if (count >= 4)
        {
            *(uint*)destination = (uint)word;
            *(uint*)(destination + count - 4) = (uint)word;
        }
        else if (count > 0)
        {
            destination[0] = (byte)word;
            destination[count >> 1] = (byte)word;
            destination[count - 1] = (byte)word;
        }
    }
}
