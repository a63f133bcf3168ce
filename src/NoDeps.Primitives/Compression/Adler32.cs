using System;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Adler-32 as in zlib streams (RFC 1950, section 8.2). The low half of the checksum is a, one plus the sum of the
/// bytes; the high half is b, the sum of all values of a. Both are modulo 65521.
/// </summary>
public static unsafe class Adler32
{
    /// <summary>The checksum of the empty input.</summary>
    public const uint Start = 1;

    /// <summary>The largest prime below 2^16.</summary>
    internal const uint Modulus = 65521;

    /// <summary>
    /// The maximum number n of bytes between reductions. If all bytes are 255 and both sums are reduced before, b grows
    /// to 255·n·(n + 1)/2 + (n + 1)·65520, which must stay below 2^32.
    /// </summary>
    internal const int BlockBytes = 5552;

    /// <summary>
    /// The checksum of some input followed by <paramref name="data"/>, given the checksum of that input (<see
    /// cref="Start"/> if it is empty). Uses the fastest form that the processor supports.
    /// </summary>
    public static uint Update(uint adler, ReadOnlySpan<byte> data) =>
        Avx2.IsSupported ? Adler32Avx2.Update(adler, data) : UpdateScalar(adler, data);

    /// <summary>
    /// As <see cref="Update"/>: the definition, except that reductions are postponed as long as possible.
    /// </summary>
    public static uint UpdateScalar(uint adler, ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data) return Run(adler, start, data.Length);
    }

    internal static uint Run(uint adler, byte* p, nint left)
    {
        uint a = adler & 0xFFFF;
        uint b = adler >> 16;
        while (left > 0)
        {
            nint now = left < BlockBytes ? left : BlockBytes;
            left -= now;
            for (byte* end = p + now; p < end; p++)
            {
                a += *p;
                b += a;
            }
            a %= Modulus;
            b %= Modulus;
        }
        return (b << 16) | a;
    }
}
