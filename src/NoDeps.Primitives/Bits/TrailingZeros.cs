using System;

namespace NoDeps.Primitives;

/// <summary>
/// The number of zeros below the lowest 1 bit, by de Bruijn multiplication. x &amp; −x isolates that 1, at position i.
/// Multiplying it by the sequence shifts the sequence up by i, so that its highest bits are a word that occurs nowhere
/// else in the sequence; a table maps the word to i. Source, also of the 64 entries: Condoris, "MNIST from absolute
/// scratch in C" (2025), 2.1.
/// </summary>
public static class TrailingZeros
{
    // The sequences are DeBruijn.PreferLargest(6) and (5); DeBruijn.FillTable computes the tables.
    /// <summary>The 64-bit multiplier: B(2, 6) with its six zeros at the top.</summary>
    public const ulong Sequence64 = 0x0245434CB63AE7BF;
    private const uint Sequence32 = 0x04A359DF;

    /// <summary>Position by the six highest bits of the product with <see cref="Sequence64"/>.</summary>
    public static ReadOnlySpan<byte> Table64 =>
    [
        0, 1, 2, 18, 3, 10, 19, 39,
        7, 4, 11, 30, 26, 20, 40, 51,
        16, 8, 5, 24, 14, 12, 31, 45,
        36, 27, 21, 33, 47, 41, 52, 57,
        63, 17, 9, 38, 6, 29, 25, 50,
        15, 23, 13, 44, 35, 32, 46, 56,
        62, 37, 28, 49, 22, 43, 34, 55,
        61, 48, 42, 54, 60, 53, 59, 58,
    ];

    /// <summary>Position by the five highest bits of the product with <see cref="Sequence32"/>.</summary>
    public static ReadOnlySpan<byte> Table32 =>
    [
        0, 1, 2, 11, 3, 6, 12, 21,
        9, 4, 7, 16, 18, 13, 22, 26,
        31, 10, 5, 20, 8, 15, 17, 25,
        30, 19, 14, 24, 29, 23, 28, 27,
    ];

    /// <summary>The count, from 0 to 63; 64 for 0.</summary>
    public static int Count(ulong value) => value == 0 ? 64 : PositionOf(LowestOne(value));

    /// <summary>The count, from 0 to 31; 32 for 0.</summary>
    public static int Count(uint value) => value == 0 ? 32 : PositionOf(value & (0 - value));

    /// <summary>The position of the only 1 bit, from 0 to 63; 0 for 0.</summary>
    public static int PositionOf(ulong bit) => Table64[IndexOf(bit * Sequence64)];

    /// <summary>
    /// The lowest 1 bit alone: x and −x agree in it and below, and differ in every bit above it. 0 for 0.
    /// </summary>
    public static ulong LowestOne(ulong value) => value & (0 - value);

    /// <summary>
    /// The index into <see cref="Table64"/>: the six highest bits of a product with <see cref="Sequence64"/>.
    /// </summary>
    public static int IndexOf(ulong product) => (int)(product >> 58);

    /// <summary>The position of the only 1 bit, from 0 to 31; 0 for 0.</summary>
    public static int PositionOf(uint bit) => Table32[(int)((bit * Sequence32) >> 27)];
}
