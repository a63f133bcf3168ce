using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="MemoryCopy"/> with AVX2. Up to 256 bytes, a few loads, which may overlap, cover the whole range and all
/// precede the first store. Longer ranges take 128 bytes per iteration, in the direction that the overlap requires; the
/// 128 bytes at either end are loaded before the first store and stored after the last.
/// </summary>
public static unsafe class MemoryCopyAvx2
{
    /// <summary>The largest range that <see cref="Small"/> accepts; <see cref="Large"/> copies longer ones.</summary>
    public const int MaxSmall = 8 * Width;

    /// <summary>The largest range that <see cref="Tiny"/> accepts. It needs no 256-bit register.</summary>
    public const int MaxTiny = Width;

    private const int Width = 32;

    /// <inheritdoc cref="MemoryCopy.Copy"/>
    public static void Copy(byte* destination, byte* source, nuint count)
    {
        if (count <= MaxTiny) Tiny(destination, source, count);
        else if (count <= MaxSmall) Small(destination, source, count);
        else Large(destination, source, count);
    }

    /// <summary><see cref="MemoryCopy.Copy"/> of at most <see cref="MaxTiny"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tiny(byte* destination, byte* source, nuint count)
    {
        if (count >= 16)
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

    /// <summary>
    /// <see cref="MemoryCopy.Copy"/> of more than <see cref="MaxTiny"/> and at most <see cref="MaxSmall"/> bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Small(byte* destination, byte* source, nuint count)
    {
        byte* end = source + count;
        byte* last = destination + count - Width;
        if (count > 4 * Width)
        {
            Vector256<byte> a = Avx.LoadVector256(end - 4 * Width);
            Vector256<byte> b = Avx.LoadVector256(end - 3 * Width);
            Vector256<byte> c = Avx.LoadVector256(end - 2 * Width);
            Vector256<byte> d = Avx.LoadVector256(end - Width);
            Step(destination, source);
            Store(last - 3 * Width, a, b, c, d);
            return;
        }
        Vector256<byte> first = Avx.LoadVector256(source);
        Vector256<byte> final = Avx.LoadVector256(end - Width);
        if (count > 2 * Width)
        {
            Vector256<byte> second = Avx.LoadVector256(source + Width);
            Vector256<byte> lastButOne = Avx.LoadVector256(end - 2 * Width);
            Avx.Store(destination + Width, second);
            Avx.Store(last - Width, lastButOne);
        }
        Avx.Store(destination, first);
        Avx.Store(last, final);
    }

    /// <summary><see cref="MemoryCopy.Copy"/> of more than <see cref="MaxSmall"/> bytes.</summary>
    public static void Large(byte* destination, byte* source, nuint count)
    {
        byte* end = destination + count, sourceEnd = source + count;
        Vector256<byte> a = Avx.LoadVector256(source);
        Vector256<byte> b = Avx.LoadVector256(source + Width);
        Vector256<byte> c = Avx.LoadVector256(source + 2 * Width);
        Vector256<byte> d = Avx.LoadVector256(source + 3 * Width);
        Vector256<byte> e = Avx.LoadVector256(sourceEnd - 4 * Width);
        Vector256<byte> f = Avx.LoadVector256(sourceEnd - 3 * Width);
        Vector256<byte> g = Avx.LoadVector256(sourceEnd - 2 * Width);
        Vector256<byte> h = Avx.LoadVector256(sourceEnd - Width);
        nint length = (nint)count, at;
        if ((nuint)(destination - source) >= count)
            for (at = 4 * Width; at < length - 4 * Width; at += 4 * Width) Step(destination + at, source + at);
        else
            for (at = length - 8 * Width; at > 0; at -= 4 * Width) Step(destination + at, source + at);
        Store(destination, a, b, c, d);
        Store(end - 4 * Width, e, f, g, h);
    }

    // All loads come before all stores, since the two blocks may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(byte* destination, byte* source)
    {
        Vector256<byte> a = Avx.LoadVector256(source);
        Vector256<byte> b = Avx.LoadVector256(source + Width);
        Vector256<byte> c = Avx.LoadVector256(source + 2 * Width);
        Vector256<byte> d = Avx.LoadVector256(source + 3 * Width);
        Store(destination, a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(byte* destination, Vector256<byte> a, Vector256<byte> b, Vector256<byte> c, Vector256<byte> d)
    {
        Avx.Store(destination, a);
        Avx.Store(destination + Width, b);
        Avx.Store(destination + 2 * Width, c);
        Avx.Store(destination + 3 * Width, d);
    }
}
