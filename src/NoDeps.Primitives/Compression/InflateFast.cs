using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The middle of a block, far from either end of input and output: <see cref="Inflate"/> without its checks for them.
/// </summary>
/// <remarks>
/// Bits are taken eight bytes at a time: a read that ORs 64 bits above the unused ones, advances by the whole bytes
/// that fit, and leaves at least 56 bits. Of the count of unused bits only the lowest six bits are right: whole entries
/// are subtracted from it, and nothing looks at the others.
/// <para>
/// Whether a literal or a match comes next is what no branch predictor knows, so that the loop begins with two steps
/// that do for a literal what it needs and for anything else nothing: such an entry shifts by 0 bits, moves the output by
/// 0 bytes, and is found again. Then comes a branch. A round takes at most two literals of the first table and a length
/// (2·11 + 15 + 5 = 42 bits) or a literal and the next index (3·11 + 15); a second read then serves the distance
/// (15 + 13 = 28) and the next index.
/// </para>
/// </remarks>
internal static unsafe class InflateFast
{
    /// <summary>Two reads of eight bytes, the first of which may advance by seven.</summary>
    private const int InMargin = 16;

    /// <summary>Three literals, a match of 258, and what a copy in whole words writes beyond it.</summary>
    private const int OutMargin = 3 + 258 + 2 * 16;

    internal static bool HasRoom(ref InflateState state) =>
        state.InEnd - state.In >= InMargin && state.OutEnd - state.Out >= OutMargin;

    /// <summary>
    /// Decodes until the block ends, or little room is left, or something is wrong. Needs <see cref="HasRoom"/>.
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
                if ((entry & InflateTables.SecondTable) != 0)
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
            uint length = ((entry >> 16) & 0x1FF) + ((uint)Lowest(bits, taken) >> (int)(entry >> 25));
            bits >>= (int)taken;
            count -= taken;
            bits |= Unsafe.ReadUnaligned<ulong>(from) << (int)count;
            from += 7;
            from -= (count >> 3) & 7;
            count |= 56;

            entry = distances[(uint)bits & DistanceMask];
            if ((entry & InflateTables.Special) != 0)
            {
                if ((entry & InflateTables.SecondTable) != 0)
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
            uint distance = (entry >> 16) + ((uint)Lowest(bits, entry) >> (int)(entry >> 8));
            if (distance > to - toStart)
            {
                error = InflateError.TooFarBack;
                break;
            }
            bits >>= (int)entry;
            count -= entry;
            // Looked up before the copy, so that the two overlap.
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

    /// <summary>The lowest bits, as many as the lowest byte of <paramref name="number"/> says (at most 63).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Lowest(ulong bits, uint number) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.ZeroHighBits(bits, number) : bits & ~(~0UL << (int)number);

    /// <summary>
    /// Repeats what lies <paramref name="distance"/> bytes before; writes up to 31 bytes more than the length (3 to
    /// 258). The end of the repetition.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Copy(byte* to, uint distance, uint length)
    {
        byte* end = to + length;
        byte* from = to - distance;
        if (distance >= 16)
        {
            // Most matches are no longer than 32 bytes, and which of them are longer than 16 no branch predictor knows:
            // so much is copied always.
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
                // Eight bytes singly; then whole words, from as many repetitions back as make at least a word.
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
