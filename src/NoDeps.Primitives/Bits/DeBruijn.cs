using System;

namespace NoDeps.Primitives;

/// <summary>
/// Binary de Bruijn sequences B(2, n): cyclic sequences of 2^n bits in which every n-bit word occurs exactly once. With
/// a sequence as a multiplier, a single bit becomes n bits that tell its position. Source: scratch, 2.1.
/// </summary>
public static class DeBruijn
{
    /// <summary>
    /// The sequence of the prefer-largest greedy rule: after n − 1 zeros, append a 1 where that makes an n-bit word
    /// that has not occurred, else a 0, 2^n times; then drop the zeros it began with. The first bit appended is bit 0
    /// of the result, so that the number, written with its highest bit first, shows the sequence in reverse, and begins
    /// with the n zeros that a multiplier needs.
    /// </summary>
    /// <param name="order">n, from 1 to 6.</param>
    public static ulong PreferLargest(int order)
    {
        int length = 1 << order;
        uint wordMask = (uint)length - 1;
        ulong seen = 0;
        ulong sequence = 0;
        uint word = 0;
        for (int i = 0; i < length; i++)
        {
            uint withOne = ((word << 1) | 1) & wordMask;
            bool isNew = (seen >> (int)withOne & 1) == 0;
            word = isNew ? withOne : withOne - 1;
            seen |= 1UL << (int)word;
            if (isNew) sequence |= 1UL << i;
        }
        return sequence;
    }

    /// <summary>
    /// Fills the table that belongs to a multiplier: at the index that the <paramref name="order"/> highest bits of
    /// <paramref name="multiplier"/> · 2^i (of 2^order bits) give, the position i.
    /// </summary>
    /// <param name="table">At least 2^order bytes.</param>
    /// <param name="multiplier">A sequence that begins, at its highest bit, with n zeros.</param>
    /// <param name="order">n, from 1 to 6.</param>
    public static void FillTable(Span<byte> table, ulong multiplier, int order)
    {
        int length = 1 << order;
        uint indexMask = (uint)length - 1;
        for (int i = 0; i < length; i++)
        {
            uint index = (uint)((multiplier << i) >> (length - order)) & indexMask;
            table[(int)index] = (byte)i;
        }
    }
}
