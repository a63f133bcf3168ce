using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Formats;

/// <summary>
/// <see cref="JpegUpsampling"/> with SSE2, 8 or 16 samples per step. Reads and writes up to one step past the end of a row.
/// </summary>
internal static unsafe class JpegUpsamplingSse2
{
    /// <inheritdoc cref="JpegUpsampling.Sum"/>
    public static void Sum(byte* near, byte* far, int count, ushort* sums)
    {
        Vector128<byte> zero = Vector128<byte>.Zero;
        for (int i = 0; i < count; i += 16)
        {
            Vector128<byte> n = Sse2.LoadVector128(near + i), f = Sse2.LoadVector128(far + i);
            Sse2.Store(sums + i, Plus3(Sse2.UnpackLow(n, zero).AsUInt16(), Sse2.UnpackLow(f, zero).AsUInt16()));
            Sse2.Store(sums + i + 8, Plus3(Sse2.UnpackHigh(n, zero).AsUInt16(), Sse2.UnpackHigh(f, zero).AsUInt16()));
        }
    }

    /// <inheritdoc cref="JpegUpsampling.Copy"/>
    public static void Copy(byte* from, int count, ushort* sums)
    {
        Vector128<byte> zero = Vector128<byte>.Zero;
        for (int i = 0; i < count; i += 16)
        {
            Vector128<byte> samples = Sse2.LoadVector128(from + i);
            Sse2.Store(sums + i, Sse2.UnpackLow(samples, zero).AsUInt16());
            Sse2.Store(sums + i + 8, Sse2.UnpackHigh(samples, zero).AsUInt16());
        }
    }

    /// <summary><see cref="JpegUpsampling.Widen"/> with a shift of 4.</summary>
    public static void Widen16(ushort* sums, int count, int roundLeft, int roundRight, byte* to)
    {
        Vector128<ushort> left = Vector128.Create((ushort)roundLeft), right = Vector128.Create((ushort)roundRight);
        for (int i = 0; i < count; i += 8)
        {
            Vector128<ushort> here = Sse2.LoadVector128(sums + i);
            Vector128<ushort> first = Sse2.Add(Plus3(here, Sse2.LoadVector128(sums + i - 1)), left);
            Vector128<ushort> second = Sse2.Add(Plus3(here, Sse2.LoadVector128(sums + i + 1)), right);
            Store(Sse2.ShiftRightLogical(first, 4), Sse2.ShiftRightLogical(second, 4), to + 2 * i);
        }
    }

    /// <summary><see cref="JpegUpsampling.Widen"/> with a shift of 2.</summary>
    public static void Widen4(ushort* sums, int count, int roundLeft, int roundRight, byte* to)
    {
        Vector128<ushort> left = Vector128.Create((ushort)roundLeft), right = Vector128.Create((ushort)roundRight);
        for (int i = 0; i < count; i += 8)
        {
            Vector128<ushort> here = Sse2.LoadVector128(sums + i);
            Vector128<ushort> first = Sse2.Add(Plus3(here, Sse2.LoadVector128(sums + i - 1)), left);
            Vector128<ushort> second = Sse2.Add(Plus3(here, Sse2.LoadVector128(sums + i + 1)), right);
            Store(Sse2.ShiftRightLogical(first, 2), Sse2.ShiftRightLogical(second, 2), to + 2 * i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Plus3(Vector128<ushort> near, Vector128<ushort> far) =>
        Sse2.Add(Sse2.Add(near, Sse2.ShiftLeftLogical(near, 1)), far);

    /// <summary>Interleaves the samples of each pair: the second is the upper byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<ushort> first, Vector128<ushort> second, byte* to) =>
        Sse2.Store(to, Sse2.Or(first, Sse2.ShiftLeftLogical(second, 8)).AsByte());
}
