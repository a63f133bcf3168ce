using System;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// CRC-32 as in gzip, PNG and ZIP (RFC 1952, section 8; ISO 3309): polynomial
/// x^32+x^26+x^23+x^22+x^16+x^12+x^11+x^10+x^8+x^7+x^5+x^4+x^2+x+1, bit-reflected, initial value and final exclusive-or
/// all ones.
/// </summary>
public static unsafe class Crc32
{
    /// <summary>The polynomial without its leading term; bit 31 − i holds the coefficient of x^i.</summary>
    public const uint Polynomial = 0xEDB88320;

    /// <summary>
    /// The CRC of some input followed by <paramref name="data"/>, given the CRC of that input (0 if it is empty):
    /// <c>Update(Update(0, a), b)</c> is the CRC of a followed by b. Uses the fastest form that the processor supports.
    /// </summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        if (Crc32Clmul512.IsSupported) return Crc32Clmul512.Update(crc, data);
        if (PrimitiveTable.Avx512.Crc32 != null)
            fixed (byte* start = data) return ~PrimitiveTable.Avx512.Crc32(~crc, start, data.Length);
        return Pclmulqdq.IsSupported && Sse41.X64.IsSupported
            ? Crc32Clmul.Update(crc, data)
            : Crc32Slice8.Update(crc, data);
    }

    /// <summary>
    /// As <see cref="Update"/>: the definition, one division step per bit and no table. The other forms are tested
    /// against it.
    /// </summary>
    public static uint UpdateScalar(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        for (int i = 0; i < data.Length; i++)
        {
            crc ^= data[i];
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (Polynomial & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
