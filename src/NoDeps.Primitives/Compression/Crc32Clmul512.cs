using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="Crc32Clmul"/> with four blocks per register, 256 bytes per iteration. Needs VPCLMULQDQ and AVX-512.
/// </summary>
public static unsafe class Crc32Clmul512
{
    private const int StepBytes = 4 * 64;

    /// <summary>True if the calling code is compiled for a processor with these instructions.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Pclmulqdq.V512.IsSupported;

    /// <summary>
    /// x^(2048+64) and x^2048, each times x^−32 modulo the polynomial, as in <see cref="Crc32Clmul.Fold"/>, repeated
    /// for each block of a register; then the same for 512 bits. A test derives these constants.
    /// </summary>
    public static ReadOnlySpan<ulong> Fold =>
    [
        0x1_1542_778A, 0x1_322D_1430, 0x1_1542_778A, 0x1_322D_1430,
        0x1_1542_778A, 0x1_322D_1430, 0x1_1542_778A, 0x1_322D_1430,
        0x1_5444_2BD4, 0x1_C6E4_1596, 0x1_5444_2BD4, 0x1_C6E4_1596,
        0x1_5444_2BD4, 0x1_C6E4_1596, 0x1_5444_2BD4, 0x1_C6E4_1596,
    ];

    /// <summary>As <see cref="Crc32.Update"/>.</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data) return ~Run(~crc, start, data.Length);
    }

    /// <summary>
    /// Updates the register with <paramref name="left"/> bytes from <paramref name="p"/>, without the inversions.
    /// </summary>
    public static uint Run(uint crc, byte* p, nint left)
    {
        if (left < StepBytes) return Crc32Clmul.Run(crc, p, left);
        Vector512<ulong> a = Avx512F.Xor(Load(p),
            Avx512F.InsertVector128(Vector512<ulong>.Zero, Sse2.X64.ConvertScalarToVector128UInt64(crc), 0));
        Vector512<ulong> b = Load(p + 64);
        Vector512<ulong> c = Load(p + 128);
        Vector512<ulong> d = Load(p + 192);
        fixed (ulong* fold = Fold)
        {
            Vector512<ulong> by2048 = Avx512F.LoadVector512(fold);
            for (p += StepBytes, left -= StepBytes; left >= StepBytes; p += StepBytes, left -= StepBytes)
            {
                a = MultiplyAdd(a, by2048, Load(p));
                b = MultiplyAdd(b, by2048, Load(p + 64));
                c = MultiplyAdd(c, by2048, Load(p + 128));
                d = MultiplyAdd(d, by2048, Load(p + 192));
            }
            Vector512<ulong> by512 = Avx512F.LoadVector512(fold + 8);
            d = MultiplyAdd(MultiplyAdd(MultiplyAdd(a, by512, b), by512, c), by512, d);
            for (; left >= 64; p += 64, left -= 64) d = MultiplyAdd(d, by512, Load(p));
        }
        return Crc32Clmul.Finish(Avx512F.ExtractVector128(d, 0), Avx512F.ExtractVector128(d, 1),
            Avx512F.ExtractVector128(d, 2), Avx512F.ExtractVector128(d, 3), p, left);
    }

    private static Vector512<ulong> Load(byte* p) => Avx512F.LoadVector512((ulong*)p);

    /// <summary>
    /// In each block: the low half times the low factor plus the high half times the high factor plus another block.
    /// </summary>
    private static Vector512<ulong> MultiplyAdd(Vector512<ulong> x, Vector512<ulong> by, Vector512<ulong> plus)
    {
        const byte Sum = 0x96;
        return Avx512F.TernaryLogic(Pclmulqdq.V512.CarrylessMultiply(x, by, 0x00),
            Pclmulqdq.V512.CarrylessMultiply(x, by, 0x11), plus, Sum);
    }
}
