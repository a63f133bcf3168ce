using System;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Adler-32 as zlib streams use it (RFC 1950 section 8.2): a, one plus the sum of the bytes, in the low half, and b, the
/// sum of all values that a took, in the high half; both modulo 65521.
/// </summary>
public static unsafe class Adler32
{
    /// <summary>The checksum of the empty text.</summary>
    public const uint Start = 1;

    /// <summary>The largest prime below 2^16.</summary>
    internal const uint Modulus = 65521;

    /// <summary>
    /// So many bytes of 255 may follow sums that are reduced before b passes 2^32: 255·n·(n+1)/2 + (n+1)·65520.
    /// </summary>
    internal const int BlockBytes = 5552;

    /// <summary>
    /// The checksum of a text followed by <paramref name="data"/>, given the checksum of that text (<see cref="Start"/>
    /// for the empty text). Takes the fastest form that the processor has.
    /// </summary>
    public static uint Update(uint adler, ReadOnlySpan<byte> data) =>
        Avx2.IsSupported ? Adler32Avx2.Update(adler, data) : UpdateScalar(adler, data);

    /// <summary>The definition, with the division put off as long as it can be. As <see cref="Update"/>.</summary>
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
