using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Formats;

/// <summary><see cref="JpegColor"/> with AVX2: 16 pixels per step, in 32-bit lanes.</summary>
internal static unsafe class JpegColorAvx2
{
    private const int Step = 16;

    // Shuffle masks for each third of the output: the source byte of red, green and blue; 128 gives zero.
    private static ReadOnlySpan<byte> Places =>
    [
        0, 128, 128, 1, 128, 128, 2, 128, 128, 3, 128, 128, 4, 128, 128, 5,
        128, 0, 128, 128, 1, 128, 128, 2, 128, 128, 3, 128, 128, 4, 128, 128,
        128, 128, 0, 128, 128, 1, 128, 128, 2, 128, 128, 3, 128, 128, 4, 128,
        128, 128, 6, 128, 128, 7, 128, 128, 8, 128, 128, 9, 128, 128, 10, 128,
        5, 128, 128, 6, 128, 128, 7, 128, 128, 8, 128, 128, 9, 128, 128, 10,
        128, 5, 128, 128, 6, 128, 128, 7, 128, 128, 8, 128, 128, 9, 128, 128,
        128, 11, 128, 128, 12, 128, 128, 13, 128, 128, 14, 128, 128, 15, 128, 128,
        128, 128, 11, 128, 128, 12, 128, 128, 13, 128, 128, 14, 128, 128, 15, 128,
        10, 128, 128, 11, 128, 128, 12, 128, 128, 13, 128, 128, 14, 128, 128, 15,
    ];

    /// <inheritdoc cref="JpegColor.ToRgb"/>
    public static void ToRgb(byte* luma, byte* cb, byte* cr, int count, byte* to)
    {
        int at = 0;
        fixed (byte* places = Places)
        {
            for (; at + Step <= count; at += Step)
            {
                Eight(luma + at, cb + at, cr + at, out Vector256<int> red0, out Vector256<int> green0, out Vector256<int> blue0);
                Eight(luma + at + 8, cb + at + 8, cr + at + 8,
                    out Vector256<int> red1, out Vector256<int> green1, out Vector256<int> blue1);
                Vector128<byte> red = Pack(red0, red1), green = Pack(green0, green1), blue = Pack(blue0, blue1);
                Store(red, green, blue, places, to + 3 * at);
                Store(red, green, blue, places + 48, to + 3 * at + 16);
                Store(red, green, blue, places + 96, to + 3 * at + 32);
            }
        }
        JpegColorScalar.ToRgb(luma + at, cb + at, cr + at, count - at, to + 3 * (nint)at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(byte* luma, byte* cb, byte* cr,
        out Vector256<int> red, out Vector256<int> green, out Vector256<int> blue)
    {
        Vector256<int> middle = Vector256.Create(128), half = Vector256.Create(1 << (JpegColor.FactorBits - 1));
        Vector256<int> y = Avx2.ConvertToVector256Int32(luma);
        Vector256<int> b = Avx2.Subtract(Avx2.ConvertToVector256Int32(cb), middle);
        Vector256<int> r = Avx2.Subtract(Avx2.ConvertToVector256Int32(cr), middle);
        red = Add(y, Avx2.Add(Times(r, JpegColor.CrToRed), half));
        green = Add(y, Avx2.Subtract(half, Avx2.Add(Times(b, JpegColor.CbToGreen), Times(r, JpegColor.CrToGreen))));
        blue = Add(y, Avx2.Add(Times(b, JpegColor.CbToBlue), half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Times(Vector256<int> value, int factor) => Avx2.MultiplyLow(value, Vector256.Create(factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add(Vector256<int> luma, Vector256<int> difference) =>
        Avx2.Add(luma, Avx2.ShiftRightArithmetic(difference, JpegColor.FactorBits));

    /// <summary>Narrows 16 numbers to bytes with saturation, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Pack(Vector256<int> low, Vector256<int> high)
    {
        // Packing works within 128-bit halves: numbers 0-3, 8-11 and 4-7, 12-15.
        Vector256<short> halves = Avx2.PackSignedSaturate(low, high);
        Vector256<byte> bytes = Avx2.PackUnsignedSaturate(halves, halves);
        Vector128<int> first = Avx.ExtractVector128(bytes.AsSingle(), 0).AsInt32();
        Vector128<int> second = Avx.ExtractVector128(bytes.AsSingle(), 1).AsInt32();
        return Sse2.UnpackLow(first, second).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<byte> red, Vector128<byte> green, Vector128<byte> blue, byte* places, byte* to)
    {
        Vector128<byte> r = Ssse3.Shuffle(red, Sse2.LoadVector128(places));
        Vector128<byte> g = Ssse3.Shuffle(green, Sse2.LoadVector128(places + 16));
        Vector128<byte> b = Ssse3.Shuffle(blue, Sse2.LoadVector128(places + 32));
        Sse2.Store(to, Sse2.Or(Sse2.Or(r, g), b));
    }
}
