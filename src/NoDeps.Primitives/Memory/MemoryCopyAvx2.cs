using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemoryCopy"/> with AVX2. Up to 128 bytes, a few loads that may overlap one another cover the whole range
/// and come before the first store. Longer ranges go by 128 bytes a step, in the direction that suits the overlap; the
/// 32 bytes at the far end, which fill no step, are loaded before the first store and stored after the last.
/// </summary>
public static unsafe class MemoryCopyAvx2
{
    /// <summary>Up to this many bytes <see cref="Short"/> copies, above it <see cref="Long"/>.</summary>
    public const int MostShort = 4 * Width;

    private const int Width = 32;

    /// <inheritdoc cref="MemoryCopy.Copy"/>
    public static void Copy(byte* destination, byte* source, nuint count)
    {
        if (count <= MostShort) Short(destination, source, count);
        else Long(destination, source, count);
    }

    /// <summary><see cref="MemoryCopy.Copy"/> of at most <see cref="MostShort"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Short(byte* destination, byte* source, nuint count)
    {
        if (count > Width)
        {
            Vector256<byte> first = Avx.LoadVector256(source);
            Vector256<byte> last = Avx.LoadVector256(source + count - Width);
            if (count > 2 * Width)
            {
                Vector256<byte> second = Avx.LoadVector256(source + Width);
                Vector256<byte> lastButOne = Avx.LoadVector256(source + count - 2 * Width);
                Avx.Store(destination + Width, second);
                Avx.Store(destination + count - 2 * Width, lastButOne);
            }
            Avx.Store(destination, first);
            Avx.Store(destination + count - Width, last);
        }
        else if (count >= 16)
        {
            Vector128<byte> first = Sse2.LoadVector128(source);
            Vector128<byte> last = Sse2.LoadVector128(source + count - 16);
            Sse2.Store(destination, first);
            Sse2.Store(destination + count - 16, last);
        }
        else if (count >= 8)
        {
            ulong first = *(ulong*)source;
            ulong last = *(ulong*)(source + count - 8);
            *(ulong*)destination = first;
            *(ulong*)(destination + count - 8) = last;
        }
        else if (count >= 4)
        {
            uint first = *(uint*)source;
            uint last = *(uint*)(source + count - 4);
            *(uint*)destination = first;
            *(uint*)(destination + count - 4) = last;
        }
        else if (count > 0)
        {
            byte first = source[0];
            byte middle = source[count >> 1];
            byte last = source[count - 1];
            destination[0] = first;
            destination[count >> 1] = middle;
            destination[count - 1] = last;
        }
    }

    /// <summary><see cref="MemoryCopy.Copy"/> of more than <see cref="MostShort"/> bytes.</summary>
    public static void Long(byte* destination, byte* source, nuint count)
    {
        if ((nuint)(destination - source) >= count) Upwards(destination, source, count);
        else Downwards(destination, source, count);
    }

    private static void Upwards(byte* destination, byte* source, nuint count)
    {
        byte* lastSource = source + count - Width;
        byte* lastDestination = destination + count - Width;
        Vector256<byte> last = Avx.LoadVector256(lastSource);
        while ((nuint)(lastSource - source) > 4 * Width)
        {
            Step(destination, source);
            source += 4 * Width;
            destination += 4 * Width;
        }
        for (; source < lastSource; source += Width, destination += Width)
        {
            Avx.Store(destination, Avx.LoadVector256(source));
        }
        Avx.Store(lastDestination, last);
    }

    private static void Downwards(byte* destination, byte* source, nuint count)
    {
        Vector256<byte> first = Avx.LoadVector256(source);
        nuint left = count;
        for (; left > 5 * Width; left -= 4 * Width)
        {
            Step(destination + left - 4 * Width, source + left - 4 * Width);
        }
        for (; left > Width; left -= Width)
        {
            Avx.Store(destination + left - Width, Avx.LoadVector256(source + left - Width));
        }
        Avx.Store(destination, first);
    }

    // All loads before all stores: inside a step the order would otherwise matter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(byte* destination, byte* source)
    {
        Vector256<byte> a = Avx.LoadVector256(source);
        Vector256<byte> b = Avx.LoadVector256(source + Width);
        Vector256<byte> c = Avx.LoadVector256(source + 2 * Width);
        Vector256<byte> d = Avx.LoadVector256(source + 3 * Width);
        Avx.Store(destination, a);
        Avx.Store(destination + Width, b);
        Avx.Store(destination + 2 * Width, c);
        Avx.Store(destination + 3 * Width, d);
    }
}
