using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The fast loop of <see cref="Inflate"/>, which decodes the middle of a block. It stays far enough from the ends of input
/// and output to need no bounds checks for them.
/// </summary>
/// <remarks>
/// A refill ORs the next eight bytes in above the unused bits, advances by the whole bytes that fit, and leaves at least 56
/// valid bits. Only the low six bits of the bit count are meaningful: whole table entries are subtracted from it, and
/// nothing uses its upper bits.
/// <para>
/// Whether a literal or a match comes next is unpredictable. So the loop starts with two branch-free steps that consume the
/// entry if it is a literal and otherwise do nothing: an entry of another kind shifts by 0 bits, advances the output by 0
/// bytes, and is looked up again. Only then comes a branch.
/// </para>
/// <para>
/// The 56 bits are enough. A round that ends in a match first consumes at most two literals of the first-level table and a
/// length: 2·11 + 15 + 5 = 42 bits. One that ends in a third literal consumes 2·11 + 15 bits and uses 11 more as the next
/// index. After a second refill, a match consumes the distance, 15 + 13 = 28 bits, and also uses 11 as the next index.
/// </para>
/// </remarks>
internal static unsafe class InflateFast
{
    /// <summary>Two reads of eight bytes; the first advances by at most seven.</summary>
    private const int InMargin = 16;

    /// <summary>
    /// Three literals, a match of 258 bytes, and the bytes that copying in whole words writes beyond it.
    /// </summary>
    private const int OutMargin = 3 + 258 + 2 * 16;

    /// <summary>True if input and output have the margins that <see cref="Run"/> needs.</summary>
    internal static bool HasMargins(ref InflateState state) =>
        state.InEnd - state.In >= InMargin && state.OutEnd - state.Out >= OutMargin;

    /// <summary>
    /// Decodes until the block ends, a margin is used up, or an error occurs. Requires <see cref="HasMargins"/>.
    /// </summary>
    internal static InflateError Run(ref InflateState state, uint* literals, uint* distances, out bool ended)
    {
        const uint LiteralMask = (1u << InflateTables.LiteralBits) - 1;
        const uint DistanceMask = (1u << InflateTables.DistanceBits) - 1;
        byte* from = state.In;
        byte* fromLast = state.InEnd - InMargin;
        byte* to = state.Out;
        byte* toStart = state.OutStart;
        byte* toLast = state.OutEnd - OutMargin;
        ulong bits = state.Bits;
        uint count = (uint)state.Count;
        InflateError error = InflateError.None;
        ended = false;

        bits |= Unsafe.ReadUnaligned<ulong>(from) << (int)count;
        from += 7;
        from -= (count >> 3) & 7;
        count |= 56;
        uint entry = literals[(uint)bits & LiteralMask];
        while (true)
        {
            *to = (byte)(entry >> 16);
            to += entry >> 31;
            bits >>= (int)entry;
            count -= entry;
            entry = literals[(uint)bits & LiteralMask];

            *to = (byte)(entry >> 16);
            to += entry >> 31;
            bits >>= (int)entry;
            count -= entry;
            entry = literals[(uint)bits & LiteralMask];

            if ((int)entry < 0)
            {
                bits >>= (int)entry;
                count -= entry;
                *to++ = (byte)(entry >> 16);
                entry = literals[(uint)bits & LiteralMask];
                goto Refill;
            }

            if ((entry & InflateTables.Special) != 0)
            {
                if ((entry & InflateTables.Subtable) != 0)
                {
                    uint index = (uint)(bits >> InflateTables.LiteralBits) & ((1u << ((int)(entry >> 8) & 15)) - 1);
                    entry = literals[(entry >> 16) + index];
                    if ((int)entry < 0)
                    {
                        bits >>= (int)entry;
                        count -= entry;
                        *to++ = (byte)(entry >> 16);
                        entry = literals[(uint)bits & LiteralMask];
                        goto Refill;
                    }
                }
                if ((entry & InflateTables.Special) != 0)
                {
                    if ((entry & InflateTables.EndOfBlock) == 0)
                    {
                        error = InflateError.UnknownLiteral;
                        break;
                    }
                    entry = (entry >> 8) & 15;
                    bits >>= (int)entry;
                    count -= entry;
                    ended = true;
                    break;
                }
            }

            uint taken = entry >> 8;
            uint length = ((entry >> 16) & 0x1FF) + ((uint)LowBits(bits, taken) >> (int)(entry >> 25));
            bits >>= (int)taken;
            count -= taken;
            bits |= Unsafe.ReadUnaligned<ulong>(from) << (int)count;
            from += 7;
            from -= (count >> 3) & 7;
            count |= 56;

            entry = distances[(uint)bits & DistanceMask];
            if ((entry & InflateTables.Special) != 0)
            {
                if ((entry & InflateTables.Subtable) != 0)
                {
                    uint index = (uint)(bits >> InflateTables.DistanceBits) & ((1u << ((int)(entry >> 8) & 15)) - 1);
                    entry = distances[(entry >> 16) + index];
                }
                if ((entry & InflateTables.Special) != 0)
                {
                    error = InflateError.UnknownDistance;
                    break;
                }
            }
            uint distance = (entry >> 16) + ((uint)LowBits(bits, entry) >> (int)(entry >> 8));
            if (distance > to - toStart)
            {
                error = InflateError.TooFarBack;
                break;
            }
            bits >>= (int)entry;
            count -= entry;
            // Look up the next entry before the copy, so that the two overlap.
            entry = literals[(uint)bits & LiteralMask];
            to = Copy(to, distance, length);

        Refill:
            if (from > fromLast || to > toLast) break;
            bits |= Unsafe.ReadUnaligned<ulong>(from) << (int)count;
            from += 7;
            from -= (count >> 3) & 7;
            count |= 56;
        }

        state.In = from;
        state.Out = to;
        state.Bits = bits;
        state.Count = (int)(count & 63);
        return error;
    }

    /// <summary>The lowest n bits, where n is the low byte of <paramref name="number"/> (at most 63).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LowBits(ulong bits, uint number) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.ZeroHighBits(bits, number) : bits & ~(~0UL << (int)number);

    /// <summary>
    /// Copies <paramref name="length"/> bytes (3 to 258) from <paramref name="distance"/> bytes back, repeating them if
    /// the ranges overlap. Writes up to 31 bytes more than that. Returns the end of the copy.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Copy(byte* to, uint distance, uint length)
    {
        byte* end = to + length;
        byte* from = to - distance;
        if (distance >= 16)
        {
            // Most matches are at most 32 bytes long, and which of these exceed 16 is unpredictable, so always copy 32.
            Unsafe.WriteUnaligned(to, Unsafe.ReadUnaligned<Vector128<byte>>(from));
            Unsafe.WriteUnaligned(to + 16, Unsafe.ReadUnaligned<Vector128<byte>>(from + 16));
            while (length > 32)
            {
                to += 32;
                from += 32;
                length -= 32;
                Unsafe.WriteUnaligned(to, Unsafe.ReadUnaligned<Vector128<byte>>(from));
                Unsafe.WriteUnaligned(to + 16, Unsafe.ReadUnaligned<Vector128<byte>>(from + 16));
            }
        }
        else if (distance == 1)
        {
            ulong word = *from * 0x0101_0101_0101_0101UL;
            do
            {
                Unsafe.WriteUnaligned(to, word);
                Unsafe.WriteUnaligned(to + 8, word);
                to += 16;
            }
            while (to < end);
        }
        else
        {
            if (distance < 8)
            {
                // Copy eight bytes one by one, then whole words, from the smallest multiple of the distance that is at
                // least eight.
                for (int i = 0; i < 8; i++) to[i] = from[i];
                to += 8;
                from = to - distance * ((7 + distance) / distance);
            }
            while (to < end)
            {
                Unsafe.WriteUnaligned(to, Unsafe.ReadUnaligned<ulong>(from));
                to += 8;
                from += 8;
            }
        }
        return end;
    }
}
