using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="Crc32"/> by carry-less multiplication, 64 bytes per iteration: V. Gopal et al., "Fast CRC Computation for
/// Generic Polynomials Using PCLMULQDQ Instruction", Intel, 2009. Needs PCLMULQDQ and SSE4.1; no table.
/// </summary>
/// <remarks>
/// A block of 16 bytes is a polynomial of degree 127 whose first bit is the highest-degree term. Four accumulators, each
/// 512 bits before its next block, are multiplied by x^512 modulo the polynomial (their halves by x^576 and x^512) before
/// the next 64 bytes are added. The remainder, of any length, goes through <see cref="Step"/>, which reduces 8 bytes
/// exactly.
/// </remarks>
public static unsafe class Crc32Clmul
{
    /// <summary>
    /// x^(512+64), x^512, x^(128+64) and x^128, each times x^−32 modulo the polynomial and reflected in 33 bits. In
    /// reflected order the low half of a block holds the higher-degree terms, so its factor comes first. A test derives
    /// these constants.
    /// </summary>
    public static ReadOnlySpan<ulong> Fold => [0x1_5444_2BD4, 0x1_C6E4_1596, 0x1_7519_97D0, 0x0_CCAA_009E];

    /// <summary>The reflected quotient of x^96 by the polynomial. It has 65 bits, of which 64 are needed.</summary>
    public const ulong Reciprocal = 0xB4E5_B025_F701_1641;

    /// <summary>All 33 bits of the reflected polynomial.</summary>
    public const ulong FullPolynomial = ((ulong)Crc32.Polynomial << 1) | 1;

    /// <summary>As <see cref="Crc32.Update"/>.</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data) return ~Run(~crc, start, data.Length);
    }

    /// <summary>
    /// Updates the register with <paramref name="left"/> bytes from <paramref name="p"/>, without the inversions.
    /// </summary>
    internal static uint Run(uint crc, byte* p, nint left)
    {
        if (left < 64) return Rest(crc, p, left);
        Vector128<ulong> a = Sse2.Xor(Load(p), Sse2.X64.ConvertScalarToVector128UInt64(crc));
        Vector128<ulong> b = Load(p + 16);
        Vector128<ulong> c = Load(p + 32);
        Vector128<ulong> d = Load(p + 48);
        fixed (ulong* fold = Fold)
        {
            Vector128<ulong> by512 = Sse2.LoadVector128(fold);
            for (p += 64, left -= 64; left >= 64; p += 64, left -= 64)
            {
                a = Sse2.Xor(Multiply(a, by512), Load(p));
                b = Sse2.Xor(Multiply(b, by512), Load(p + 16));
                c = Sse2.Xor(Multiply(c, by512), Load(p + 32));
                d = Sse2.Xor(Multiply(d, by512), Load(p + 48));
            }
        }
        return Finish(a, b, c, d, p, left);
    }

    /// <summary>
    /// Updates the register with the four accumulators, in this order, and then with the remaining bytes.
    /// </summary>
    internal static uint Finish(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> c, Vector128<ulong> d, byte* p, nint left)
    {
        fixed (ulong* fold = Fold)
        {
            Vector128<ulong> by128 = Sse2.LoadVector128(fold + 2);
            b = Sse2.Xor(Multiply(a, by128), b);
            c = Sse2.Xor(Multiply(b, by128), c);
            d = Sse2.Xor(Multiply(c, by128), d);
            for (; left >= 16; p += 16, left -= 16) d = Sse2.Xor(Multiply(d, by128), Load(p));
        }
        return Rest(Step(Step(0, Sse2.X64.ConvertToUInt64(d)), Sse41.X64.Extract(d, 1)), p, left);
    }

    /// <summary>Updates the register with the last bytes, eight at a time.</summary>
    private static uint Rest(uint crc, byte* p, nint left)
    {
        for (; left >= 8; p += 8, left -= 8) crc = Step(crc, Unsafe.ReadUnaligned<ulong>(p));
        if (left == 0) return crc;
        ulong rest = 0;
        for (int i = 0; i < (int)left; i++) rest |= (ulong)p[i] << (8 * i);
        // Shift the bytes to the end of the eight: the leading zeros do not change a register of zero. The bits of the
        // register beyond the remaining bytes take no part in the division.
        int bits = 8 * (int)left;
        uint beyond = bits < 32 ? crc >> bits : 0;
        return Step(0, (rest ^ crc) << (64 - bits)) ^ beyond;
    }

    /// <summary>
    /// Updates the register with eight bytes: (register·x^32 + bytes)·x^32 modulo the polynomial, by Barrett reduction,
    /// which is exact for polynomials.
    /// </summary>
    private static uint Step(uint crc, ulong bytes)
    {
        Vector128<ulong> x = Sse2.X64.ConvertScalarToVector128UInt64(bytes ^ crc);
        Vector128<ulong> reciprocal = Sse2.X64.ConvertScalarToVector128UInt64(Reciprocal);
        Vector128<ulong> polynomial = Sse2.X64.ConvertScalarToVector128UInt64(FullPolynomial);
        Vector128<ulong> quotient = Pclmulqdq.CarrylessMultiply(x, reciprocal, 0x00);
        return (uint)Sse41.X64.Extract(Pclmulqdq.CarrylessMultiply(quotient, polynomial, 0x00), 1);
    }

    private static Vector128<ulong> Load(byte* p) => Sse2.LoadVector128((ulong*)p);

    /// <summary>The low half times the low factor plus the high half times the high factor.</summary>
    private static Vector128<ulong> Multiply(Vector128<ulong> x, Vector128<ulong> by) =>
        Sse2.Xor(Pclmulqdq.CarrylessMultiply(x, by, 0x00), Pclmulqdq.CarrylessMultiply(x, by, 0x11));
}
