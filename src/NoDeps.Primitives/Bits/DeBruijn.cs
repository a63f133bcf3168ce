using System;

namespace NoDeps.Primitives;

/// <summary>
/// Binary de Bruijn sequences B(2, n): cyclic sequences of 2^n bits that contain every n-bit word exactly once.
/// Multiplying such a sequence by 2^i brings a word to the top that identifies i. Source: Condoris, "MNIST from
/// absolute scratch in C" (2025), 2.1.
/// </summary>
public static class DeBruijn
{
    /// <summary>
    /// The sequence that the prefer-largest greedy rule produces: start with n − 1 zeros; 2^n times, append a 1 if that
    /// makes an n-bit word that has not occurred yet, else a 0; then drop the initial zeros. The first bit appended
    /// becomes bit 0 of the result. Written from its highest bit down, the result is therefore the sequence in reverse,
    /// which begins with the n zeros that a multiplier needs.
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
    /// Fills the lookup table of a multiplier: entry j is the i for which the <paramref name="order"/> highest bits of
    /// <paramref name="multiplier"/> · 2^i, taken modulo 2^(2^order), are j.
    /// </summary>
    /// <param name="table">At least 2^order bytes.</param>
    /// <param name="multiplier">A sequence whose n highest bits are zeros.</param>
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
